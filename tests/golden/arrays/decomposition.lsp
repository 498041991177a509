; Linear equations step by step, and walks through a matrix by its axes.
(setq matrix (rho 3 3 '(2 1 1 4 3 3 8 7 9)))
(println (type matrix) (type (rho 2 2 2 (iota 8))) (type (matrix_stringbyte 1 2 "a")))
(setq exchanges (ludcmp matrix))
(println (lubksb matrix exchanges '(4 10 24)) (lubksb matrix exchanges))

(setq table (rho 2 3 (iota 6)))
(loop column (irank@ table -1) (print (sum column) " "))
(loop cell (irank@ table 1) (print cell " "))
(println)
(println (maybe (irank@ table 1 1 1) "too many indexes") (maybe (invert '((1 2) (2 4))) "singular"))
(println (∈ table '(2 3 4)) (to_tensor '((1 2) (3 4))) (cosine (numbers 1 0) (numbers 1 1)))
