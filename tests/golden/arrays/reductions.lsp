; reductions and scans of matrices, of lists of lists, by slices, with comparisons
(setq m (rho 2 3 (iota 6)))
(println (// '+ m) (-// '+ m) (// 'max m) (// '- m))
(println (\\ '+ m) (-\\ '+ m))
(println (// '+ '((1 2) (3 4))) (\\ '+ '((1 2) (3 4))))
(println (// '+ (rho 2 2 2 (iota 8))) (-// '+ (rho 2 2 2 (iota 8))))

(println (// '+ '(1 2 3 4 5) 2) (-// '- '(1 2 3 4 5) 2) (\\ '+ '(1 2 3 4) 2) (-\\ '- '(1 2 3 4) 2))
(println (// '< '(1 2 3)) (// '< '(1 3 2)) (\\ '< '(1 3 2)) (-\\ '>= '(1 2 3)) (// '= '(4 4 4)))
(println (// '+ ()) (\\ '+ ()) (-\\ '+ ()) (// '+ '(5)) (-\\ '(0 2 1) '(a b)))

(setq copy (// m))
(set@ copy 0 0 100)
(println m copy)
