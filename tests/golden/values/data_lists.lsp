; Lists that are data without a quote, and what quotes protect.
(setq rate 0.5)
(setq options (("max_length" 50) ("rate" rate) ("name" (+ "a" "b"))))
(println options (@ options 1 1))
(println '(a "b" 1 nil true (c)) 'x ''x '() (quote (1 2)) '(1 2 . (3 4)) '(a . b))
(println '{"k":v} (list 'a "a") (type 'a) (type "a"))
(println (eq 'a 'a) (= 'a "a") (= '(1 (2)) '(1 (2))) (eq '(1) '(1)) (= rate 0.5) (!= rate 2))
(println (nullp ()) (nullp 0) (consp ()) (emptyp "") (atomp 'a) (stringp "a") (numberp 1))
(println (type 5) (type 5.0) (type '(1)) (type {"a":1}) (type (\(x) x)) (type nil))
