; a flag or a width behind the list is none of the elements that the function gets
(defpat total ([integer_ x]) x)
(defpat total ([list_ l]) (sum (maplist 'total l false)))
(defpat total (_) 0)
(println (total '(1 a (2 "x" (3)))))

(defun both (a b) (+ a b))
(setq pairs (zipwith 'both '(1 2) '(10 20) false))
(push pairs "end")
(setq halves (maplist (\(x) (* x 2)) '(1 2) false))
(push halves 'end)
(println pairs halves (// 'both '(1 2 3 4) 2))
