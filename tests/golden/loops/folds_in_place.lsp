; Folds, scans and takewhile with a function in place are loops.
(defun squares_sum (values) (foldl (\(total x) (+ total (* x x))) 0 values))
(defun longest (words) (foldl (\(best w) (if (> (size w) (size best)) w best)) "" words))

; the map and the filter become parts of each round
(defun alternating (values)
   (+ 1 (foldl (\(t x) (- x t)) 0 (map (\(y) (* y 3)) (filter (\(x) (= (% x 2) 0)) values)))))

(defun running (values) (scanl (\(total x) (+ total x)) 0 values))
(defun right (values) (foldr (\(x total) (- x total)) 0 values))
(defun taken (values) (takewhile '(< 3) values))
(println (squares_sum '(1 2 3)) (longest '("a" "bcd" "ef")) (alternating '(1 2 3 4)))
(println (running '(1 2 3)) (right '(1 2 3)) (taken '(1 2 3)))

; the variable that is set serves as the total, unless the old value is still read
(defun twice (values) (setq total (foldl (\(acc x) (+ acc (* 2 x))) 0 values)) (+ total 1))
(defun times (values) (setq total 3) (setq total (foldl (\(a x) (* a x)) total values)) total)
(println (twice '(1 2)) (times '(2 3)))
(maybe
   (block (setq t 1) (setq t (foldl (\(a x) (+ a (% 1 x))) 5 '(1 0))))
   (println "still" t))

; an operator on the two parameters needs no loop
(println (foldl (\(a b) (+ a b)) 10 '(1 2)) (foldl (\(a b) (- a b)) 10 '(1 2)))

; inside of a map
(defun weights (m) (map (\(row) (foldl (\(acc x) (+ acc (* 2 x))) 0 row)) m))
(defun typed_weights (m) (maplist (\(row) (foldl (\(acc x) (+ acc (* 2 x))) 0 row)) m))
(println (weights '((1 2) (3))) (typed_weights '((1 2) (3))))

; any container, any function
(defun with (f l) (foldl (\(acc x) (+ acc (f x))) 0 l))
(println (with (\(x) (* x 2)) '(1 2)) (with (\(x) x) {1:2 3:4}) (with (\(x) x) nil) (with 'size {"ab" "c"}))
(defun later (l) (foldl (\(f x) (\(y) (+ x (f y)))) (\(y) y) l))
(println ((later '(1 2)) 10))
(defun found (l) (foldl (\(seen x) (if (> x 2) (return seen) (+ seen 1))) 0 l))
