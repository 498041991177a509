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
; Functions given to others are called for their values.
(setq seen 0)
(defun noted (x) (setg seen (* x 2)))
(defun grown (l) (push l 1))
(defun last_double (l) (loop y l (* 2 y)))
(println (map 'noted '(1 2)) (maplist 'grown (list (list 1) (list 2))))
(println seen (mapcar (quote last_double) '((1) (2 3))))
