; An account knows its owner, and what is on it.
(class@ account (owner (balance 0))
   (defun deposit (n) (setqi balance (+ balance n)))
   ; Refuses to go below zero.
   (defun withdraw (n)
      (check (> n balance) (throw "not enough"))
      (-= balance n)
      (this))
   (defun report () (+ owner ": " balance)))

; Pays interest on every deposit.
(class@ savings (rate) (from@ account)
   (defun deposit (n) (from@ account (deposit (* n rate)))))

(setq s (savings 2 "Ann"))
(println (s (deposit 10) (deposit 1)) s)
(s (withdraw 2))
(println (s (report)) (type s) (@ s 'rate) (@ s 1))
(println (maybe (s (withdraw 100)) (\(e) "refused")))
(set@ s 'owner "Bob")
(println s (dictionary s))
