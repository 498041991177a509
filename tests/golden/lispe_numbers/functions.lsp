; Operators as values, and templates of them.
(println (map '(+ 0.5) '(1 2)) (filter '(< 2) '(1 2.5)) (maplist (\(x) (+ x 1.5)) '(1 2)))
(println (foldl '+ 0 '(0.5 0.7)) (foldl '+ 0.0 '(0.5 0.7)) (foldl '& 7 '(3.5)) (apply '* '(2 1.5)))
(println (zipwith '+ '(1 2) '(0.5 0.7)) (== '(1 2) '(1.5 3)))

(setq values '(3 1.5 2))
(sort '< values)
(println values)

(setq code (list '+ 1 0.5))
(println (eval code))
