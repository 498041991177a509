; A field may have the name of a method: a call means the method, a name the field.
(class@ counter (start (step 1) init)
   (defun init () (setqi total start) (setqi last-step 0) 'ready)
   (defun total () (+ "total " total))
   (defun step (n)
      (setqi total (+ total (* n step)))
      (setqi last-step n)
      (total)))

(setq c (counter 10 2 (init)))
(println (@ c 'init) (c (total)) (c (step 5)) (@ c 'total) (@ c 'step))
(set@ c 'step 7)
(println (c (step 1)) c)

; The names are those of kin, too.
(class@ named (from@ counter)
   (defun start () (+ "from " start)))
(setq n (named 3 1 (init)))
(println (n (start)) (n (total)) (@ n 'start) n)

; Which of the two it is may show only when the program runs.
(class@ plain (total))
(defun shown (x) (@ x 'total))
(println (map 'shown (list c (plain 4))))

; In a method, what a constructor calls is a method of the new instance.
(class@ pair (left)
   (defun init () (setqi inner (counter left 1 (init))) 'made)
   (defun sum () (inner (total))))
(setq p (pair 8))
(println (p (init)) (p (sum)))
