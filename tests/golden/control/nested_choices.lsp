; Conditionals in conditionals, where one line would hide them.
(setq cells ())
(loop n '(1 2 3 4)
   (push cells (if (< n 3) (if (= n 1) "one" "two") (if (= n 3) "three" "many"))))
(println cells)
(loop n '(0 5) (println (if (= n 0) "zero" (if (> n 3) "large" "small"))))
; a test with an effect runs once, and after what stands before it
(setq log ())
(defun note (x) (push log x) true)
(push cells (if (note 1) (if (note 2) "a" "b") "c"))
(println cells log)
; a value that is set from itself
(setq i 1) (setq i (+ 1 i)) (setq i (- i 5)) (setq i (- 5 i))
(setq s "a") (setq s (+ s "b" "c")) (setq s (+ s i)) (setq s (+ "<" s))
(println i s)
(defun sum_to (n) (setq total 0) (loopcount n k (setq total (+ total k))) total)
(println (sum_to 5))
