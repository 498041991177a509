; and, or, not, xor, andvalue: as tests and as values.
(setq a 3)
(setq b nil)
(if (and a (not b)) (println "a without b"))
(if (or b (> a 5)) (println "never") (println "neither"))
(println (and a b) (and a 1) (or b a) (or b nil) (not a) (not b) (xor a b))
(println (andvalue a 5) (andvalue b 5))

(defun between (x low high) (and (>= x low) (< x high)))
(println (between 3 1 5) (between 9 1 5))
(defun outside (x low high) (not (between x low high)))
(println (outside 3 1 5) (outside 9 1 5))
(defun blank (l) (or (nullp l) (= (size l) 0)))
(println (blank ()) (blank '(1)))

; Operands that need statements
(setq log ())
(defun note (x) (push log x) x)
(println (and (note 1) (block (setq c (note 2)) (> c 1)) (note nil) (note 4)))
(println log)
(while (and (> a 0) (not (= a 1))) (-= a 1))
(println a)
