; False of Python is LispE's nil: it equals nil and the empty list, but not 0.
(setq n 2)
(setq smaller (< n 1))
(setq none nil)
(println (= 0 smaller) (= smaller 0.0) (!= smaller 0) (= 0 smaller 0))
(println (eq 0 smaller) (neq smaller 0))
(println (= none smaller) (= smaller none) (!= none smaller) (= smaller ()))
(println (= smaller "") (= (< 1 n) smaller))
(println (< smaller 1) (> 1 smaller))

(defun is-zero (x) (= x 0))
(println (is-zero smaller) (is-zero 0))

(defpat name (0) "zero")
(defpat name (nil) "nil")
(println (name smaller) (name 0))
