; Atoms that are made of texts call what has their name.
(defun foo (x) (* x 10))
(defun bar-baz (x) (* x 100))
(defpat day-1 ([first $ rest]) first)
(data@ (Circle _ _))
(class@ counter ((n 1))
   (defun bump () (+= n 1)))

(loop name '("foo" "bar-baz")
   (println ((atom name) 3) (apply (atom name) '(4)) (maplist (atom name) '(1 2))))
(setq part 1)
(setq solve_day (atom (+ "day-" (string part))))
(println (solve_day '(7 8 9)))
(setq shape "Circle")
(println ((atom shape) 1 2) ((atom "Circle") 3 4))
(setq second ((atom (+ "coun" "ter")) 5))
(println (second (bump)))
; A constant is the quoted name.
(println (maplist (atom "foo") '(1 2)) ((atom "size") '(a b)) (atom "hello world"))
