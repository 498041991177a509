; Rules that are evaluated one after the other add up
(setq rules (list
   "(defpat kind (1) 'one)"
   "(defpat kind ([string_ x]) (list 'text x))"
   "(defpat kind ([x $ rest]) (list x (kind rest)))"
   "(defpat kind (()) 'end) (setq known (kind 1))"
))
(loop rule rules (eval rule))
(println (kind 1) (kind "a") (kind '(1 2)) known)
(println (maybe (kind 2) "no rule yet"))
(setq more '(defpat kind (2) 'two))
(eval more)
(println (kind 2))

; … and to the rules of the file, which are tried first
(defpat area (('square a)) (* a a))
(defpat area (('pair a b)) (list (area a) (area b)))
(setq others "(defpat area (('box a b)) (* a b)) (defpat area (('square a)) 'never) (defpat area (a b) (* a b))")
(eval others)
(println (area '(square 3)) (area '(box 2 3)) (area 4 5))
(println (area '(pair (box 1 2) (square 2))))
(println (maybe (area '(pair (box 1 2) (circle 2))) "no rule for a circle"))

; a function that is defined again after all starts anew
(setq again "(defun kind (x) 'new)")
(eval again)
(println (kind 1))
