; Expressions as lists that exist only when the program runs.
(setq formula '(10 + 2 * 3))
(println (infix formula) (• formula) (infix 7))
(push formula '- '(4 - 3))
(println formula (infix formula))
(println (infix (list 2 '^^ 3 '^^ 2)) (infix (list 1 '< 2)))
(println (maybe (infix '(1 2 3)) "no expression"))

; A quoted expression reads its variables; a list that the program makes holds values.
(setq x 4)
(defun area (width height) (infix '(width * (height + 1))))
(println (infix '(x + 1)) (area 2 3) (• (quote (x * (size formula)))))
(println (infix (list x '+ 1)) (maybe (infix (list 'x '+ 1)) "x is a name"))
