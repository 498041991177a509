; `apply` of `and` and `or` to any number of values
(defun safe (levels)
   (setq steps (- (cdr levels) levels))
   (or (apply 'and (maplist (\(x) (and (>= x 1) (<= x 3))) steps))
       (apply 'and (maplist (\(x) (and (>= x -3) (<= x -1))) steps))))
(println (maplist 'safe '((7 6 4 2 1) (1 2 7 8 9) (1 3 6 7 9))))
(println (apply 'and '(1 1 1)) (apply 'or '(nil nil 3)) (apply 'or '(0 "" ())))
(setq all '(1 2))
(defun every (l) (if (apply 'and l) 'all 'some))
(println (every all) (every '(1 nil)) (apply '& '(7 3 1)) (apply '- '(10 1 2)))
; All are asked before the first false one decides
(println (apply 'and (maplist (\(x) (block (print x " ") (< x 2))) '(1 2 3))))
(println (apply 'or (maplist (\(x) (setq seen x) (> x 1)) '(1 2 3))) seen)
