; What is evaluated finds the functions below; one of them has the name of a form.
(setq code "(twice 4)")
(println (eval code) ((atom (+ "tw" "ice")) 5))
(setq shape (Box 1 2))
(println (label (Box 3 4)) shape)
(defun twice (x) (* 2 x))
(class@ Box (w h) (defun area () (* w h)))
(defun label (box) (box (area)))
