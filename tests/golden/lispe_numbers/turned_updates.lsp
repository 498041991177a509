; An update adds on the right: a literal on the left cuts the real that it is added to.
(setq x 2.5)
(setq x (+ 2 x))
(setq y 2.5)
(setq y (+ y 2))
(println x y)
