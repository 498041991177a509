; A flat list that is read as an array: negative indexes stand for all of an axis
(setq cube (range 0 60 1))
(setq shape (integers 3 4 5))
(println (@@@ cube shape -1 -1 1))
(println (@@@ cube shape -1 -2 1))
(println (@@ (@@@ cube shape -1 -2) 0 12))
(println (@@@ cube shape 1 -1 2) (atshape cube shape -1 3 4))
(println (maybe (@@@ cube shape -1 4) "out") (maybe (@@@ cube shape -1 0 0 0) "too many"))
; What a matrix is joined with goes to its rows
(setq m (rho 2 2 (iota 4)))
(println (, m 9) (, m '(5 6)) (, (iota 3) 4))
(println (maybe (, m '(1 2 3)) "three rows"))
