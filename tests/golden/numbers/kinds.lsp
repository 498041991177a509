; Integers, reals, complex numbers; how they print and convert.
(println 5 5.0 -2.50 0x1F 1e3 12,3i)
(println (/ 10 4) (/ 10 5) (+ 10 2.5) (* 3 0.5) (- 1 0.5))
(println (% -7 3) (% 7 3) (% 7.9 3) (^^ 2 10) (^^ 1000 2))
(println (integer "12abc") (integer 3.9) (integer true) (number "1.5") (float 2) (integer nil))
(println (sqrt 2) (floor 2.7) (round (* 3.14159 100) 100) (iabs -3) (fabs -2.5))
(println (sum '(1 2.5)) (max 1 1.5) (minmax '(3 1 2)) (product '(1 2 3 4)))
(println (~ 10) (& 12 10) (| 12 10) (^ 12 10) (<< 1 4) (>> 16 2))
(setq n-five 5)
(println (! n-five) (gcd 12 18) (zerop (- n-five 5)) (signp -4))

(defun mean (values) (/ (sum values) (size values)))
(println (mean '(1 2 4)))

(defun average (total rounds) (if (= rounds 0) 0 (/ total rounds)))
(println (average 7 2) (average 1 0))

(defun remainder-of (n) (% n 10))
(println (remainder-of 123) (remainder-of -123))
