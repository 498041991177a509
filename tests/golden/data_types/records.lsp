; A point of the grid.
(data@ [Point integer_ integer_] [Circle [Point _ _] _])
(setq p (Point 10 20))
(setq c (Circle p 2))
(println p (@ p 1) (@ c 0) (type p) (size p) c)
(println (= p (Point 10 20)) (= (@ c 0) 'Circle) (cdr p) (in p 20))
(loop e p (print e " "))
(println)

; a record is a list, and can be changed
(set@ p 1 11)
(println p (+ (@ p 1) (@ p 2)) (maplist (\(x) x) (cdr p)))

; what does not fit is an error, where it is made
(println (maybe (Point 10 'a) (\(e) "no point")))
(println (maybe (Circle 3 4) (\(e) "no circle")))
(defun made (n) (maybe (Point n) (\(e) "too few")))
(println (made 1))

; groups, fields of every kind, types that hold themselves
(data@ Shape [Triangle _ _ _] [Square number_])
(data@ Tree [Leaf] [Node _ Tree Tree])
(data@ [Drawing Shape string_ strings_ [_ integer_]] [Chain _ Chain] [my-end])
(setq d (Drawing (Square 2.5) "red" (strings "a" "b") '(x 1)))
(println d (Node 1 (Leaf) (Node 2 (Leaf) (Leaf))) (Square 3) (my-end))
(println (maybe (Drawing p "red" (strings) '(x 1)) (\(e) "no drawing")))
(println (maybe (Drawing (Square 1) "red" (strings) '(x y)) (\(e) "no drawing")))
(println (maybe (Chain 1 2) (\(e) "no chain")))

; quoted records, constructors as functions, names as atoms
(println '(Point 1 2) (= '(Point 1 2) (Point 1 2)) '(Point 1) '(Node (Leaf) (Leaf) (Leaf)))
(println (maplist 'Square '(1 2)) Point (= Point (@ p 0)))
(setq copy (clone p))
(set@ copy 1 0)
(println p copy (type copy))
