; A tensor equals a number as a whole, or not: its elements are compared by torch_eq.
(setq t (torch_tensor '(1 2 3)))
(println (= 3 t) (!= 3 t) (eq 3 t) (neq t 3))
(println (= 3 (torch_tensor 3)) (= t (torch_tensor '(1 2 3))))
(println (if (= t 1) "one" "several"))
