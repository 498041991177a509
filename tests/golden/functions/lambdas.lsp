; Lambdas close over the function they are written in.
(defun counter ()
   (setq n 0)
   (\() (+= n 1) n)
)
(setq c (counter))
(println (c) (c) (c))

(defun compose2 (f g) (\(x) (f (g x))))
(setq both (compose2 (\(x) (+ x 1)) (\(x) (* x 10))))
(println (both 4))

; A lambda whose body needs statements
(println (maplist (\(x) (setq y (* x x)) (if (> y 4) 'large 'small)) '(1 2 3)))
