; Code that the program makes sees its variables and functions, and adds to them.
(setq rate 2)
(defun price (n) (* n rate))

(loop operator '(+ * -)
   (println operator (eval (list operator 7 3))))
(println (eval (list 'price 20)))

(setq rate 3)
(setq line "(setq rate 10)")
(eval line)
(println rate (price 20))

; a function that only the evaluated code defines
(eval (list 'defun 'twice '(x) '(* 2 x)))
(println (twice 21) (maplist 'twice '(1 2)))

; the variables of the function around it are there, too
(defun scaled (n factor) (eval (list '* 'n 'factor 'rate)))
(println (scaled 2 3))

; errors are caught like any other, with their place in the text
(setq broken (list "(/ 1 0)" "(car 5)" "(missing 1)"))
(loop code broken (println (catch (eval code))))
