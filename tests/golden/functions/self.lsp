; `self` calls the running function.
(setq fact (\(n) (if (< n 2) 1 (* n (self (- n 1))))))
(println (fact 10))
(defun count-down (n) (print n " ") (if (> n 0) (self (- n 1))))
(count-down 3)
(println)
