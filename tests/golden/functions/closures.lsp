; What lambdas keep, read and write.
(defun adder (n) (\(x) (+ x n)))
(setq add-three (adder 3))
(println (add-three 4))

(defun make-counter (start)
   (setq n start)
   (list
      (\() (+= n 1) n)
      (\() n)
   )
)
(setq (step read) (make-counter 10))
(step)
(step)
(println (read))

; A lambda in place works on the variables around it
(defun total (l)
   (setq sum-of-all 0)
   (mapcar (\(x) (+= sum-of-all x)) l)
   sum-of-all
)
(println (total '(1 2 3)))

; Functions as values
(defun twice (f x) (f (f x)))
(println (twice add-three 1) (twice (\(s) (+ s "!")) "hey") (twice 'upper "a"))

; One lambda per round
(setq callbacks ())
(loop i '(1 2 3) (push callbacks (\() (* 10 1))))
(println (size callbacks) ((@ callbacks 0)))
((\(x y) (println x y)) 1 2)
