; An integer on the left compares with the real cut to an integer.
(setq whole 1)
(setq half 1.5)
(println (< whole half) (>= whole half) (= whole half) (= half whole) (eq whole half))
(println (< half whole) (>=< whole half) (< whole 2))
(println (max 1 1.5) (max 1.5 1) (min 1 0.5) (minmax '(1 1.5)) (max 3 7 5))

; A number reads what it is compared with as one.
(setq digit "1")
(println (= whole digit) (= digit whole) (= 0 nil) (eq whole digit) (< 1 "2") (= '(1) '(1.5)))

(defun countdown (n)
   (if (< n 1) 0 (+ 1 (countdown (- n 1)))))
(println (countdown 5))

(defun within (x limit) (and (> x 0) (< x limit)))
(println (within 0.5 1) (within 1 1.5))

(defun missing (x) (= x nil))
(println (missing 0) (missing ()) (missing "a"))
