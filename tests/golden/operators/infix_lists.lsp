; Expressions as lists that exist only when the program runs.
(setq formula '(10 + 2 * 3))
(println (infix formula) (• formula) (infix 7))
(push formula '- '(4 - 3))
(println formula (infix formula))
(println (infix (list 2 '^^ 3 '^^ 2)) (infix '(1 < 2)))
(println (maybe (infix '(1 2 3)) "no expression"))
