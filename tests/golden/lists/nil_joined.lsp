; nil is an empty list to what joins lists
(defun turned (l) (if (nullp l) nil (nconc (turned (cdr l)) (list (car l)))))
(println (turned '(1 2 3)))
(println (nconc nil '(1)) (nconcn '(1) nil '(2)) (nconcn nil nil) (consb nil 'a))
(setq history nil)
(loop word '("x" "y") (setq history (consb history word)))
(println history)
