(setq a 1))
(println a)
