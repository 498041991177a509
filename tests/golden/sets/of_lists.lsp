; A set holds lists, told by their content.
(setq seen (set))
(loop step '((1 2) (3 4) (1 2)) (insert seen step))
(println seen (size seen) (in seen '(3 4)) (in seen '(4 3)) (@ seen '(1 2)))
(println (pop seen '(3 4)) (type (set '(1))) (type (sets "a")) (type (seti 1)) (type (setn 1.5)))
