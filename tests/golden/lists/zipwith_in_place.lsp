; zipwith with a function in place is a comprehension.
(defun prods (a b) (zipwith (\(x y) (* x y)) a b))
(println (prods '(1 2) '(3 4)) (zipwith (\(x y z) (+ x y "/" z)) '("a" "b") '(1 2) '(3 4)))
(println (maybe (prods '(1) '(3 4)) (\(e) (left e 61))) (zipwith (\(x y) (> x y)) '(1 5) '(3 4)))
(println (maplist (\(w) (upper w)) '("a")))
