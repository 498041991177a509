; Optional, rest and named arguments.
(defun greet (name (greeting "Hello") (ending "!"))
   (+ greeting ", " name ending)
)
(println (greet "Ann"))
(println (greet "Bob" "Hi"))
(println (greet "Cid" (? ending "?")))

(defun log-line (level (tags) (() parts))
   (println level tags parts)
)
(log-line "info")
(log-line "info" 'net)
(log-line "info" 'net 1 2)

(defun total (first (() others))
   (loop x others (+= first x))
   first
)
(println (total 1) (total 1 2 3))
(println (apply 'total '(1 2 3 4)))

(defun scaled (x (factor (+ 1 1)) (items '(1 2))) (* factor (+ x (size items))))
(println (scaled 1) (scaled 1 3) (scaled 1 3 '()))
