; A function prints with its body where the program shows which one it is
(defun twice (x (y 2))
   ; a comment is no part of it
   (if (> x 0) (* x y) "none")
)
(println twice (\(x) (+ x 1)))
(print (lambda (l) (map (\(x) (* x 'x)) l)) "\n")
(println (string twice))
(println (size (string (\(x) x))))
(println (twice 4))
