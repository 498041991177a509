; Operands are evaluated from left to right, whatever has to become a statement.
(setq log ())
(defun note (x) (push log x) x)
(println (list (note 1) (block (setq step 0) (note 2)) (note 3)))
(println log)

(setq y 1)
(println (list y (block (setq y 0) y) y))

(setq x 5)
(setq x (and (note 4) (block (setq z x) z) x))
(println x log)
