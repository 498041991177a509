; an instruction prints by the first of its names, wherever it stands as data
(println '(not a) '(and a (not b)) 'sum '(@ l 1) '(atom? a))
(println '(\ (x) (* x x)) '(lambda (x) x))
(println (string 'not) (atom "lambda") (+ "a " 'rotate) (join '(sum note) "-"))
(println (switch (car '(not a)) (not "negation") (true "something else")))

(setq code '(\ (x) (not x)))
(println code ((eval code) nil) (eval '(sum (list 1 2))))
