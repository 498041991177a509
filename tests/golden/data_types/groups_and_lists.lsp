; A group is equal to the names of its types, not the other way round.
(data@ Shape [Triangle _ _ _] [Square _])
(data@ [Point integer_ integer_] [Circle [Point _ _] _])
(setq s (Square 3))
(println (= 'Shape (@ s 0)) (= (@ s 0) 'Shape) (= 'Shape 'Square) (!= 'Shape (@ s 0)))
(println (= 'Square (@ s 0)) (= 'Shape 'Point) (= s 'Shape) (type s))

(defpat area ([Square x]) (* x x))
(defpat area ([Shape d]) (list 'shape d))
(defpat area ([Circle [Point x y] r]) (list x y r))

; A list that begins with the name of a type is one of it, wherever it was made
(defun made (name values) (cons name values))
(println (area (list 'Square 4)) (area (made 'Triangle '(1 2 3))))
(println (area (list 'Circle (list 'Point 1 2) 5)))

(defpat sum-of ([Point x y]) (+ x y))
(defpat sum-of (x) (list 'other x))
(println (sum-of (made 'Point '(1 2))) (sum-of '(Point 3 4)) (sum-of (list 1 2)))

; … and must fit its definition
(println (maybe (sum-of (made 'Point '(1))) (\(e) (extract e 0 20))))
(println (maybe (sum-of (list 'Point 1 "a")) 'mismatch))
(println (maybe (sum-of '(Point 1 "a")) 'mismatch))
