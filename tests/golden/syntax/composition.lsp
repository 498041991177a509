; A dot joins calls: (f x . g . h y) is (f x (g (h y))).
(println . upper . trim "  abc ")
(println (+ 1 . * 2 3))
(setq l '(3 1 2))
(println (car . sort '< . clone l) l)
