; Nothing is known of the operands: the runtime decides.
(defun mix (row) (+ (@ row 0) (@ row 1)))
(println (mix '(1 2)) (mix '("a" 2)) (mix '((1 2) (3 4))))
(defun smaller (a b) (< a b))
(println (smaller 1 2) (smaller "a" "b") (maplist 'smaller-than-two '(1 2 3)))
(defun smaller-than-two (x) (< x 2))
(defun rest-of (a b) (% a b))
(println (rest-of -7 3) (rest-of 7.5 2))
