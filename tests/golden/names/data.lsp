; the old spelling of `data@` is a name like any other, too
(data [Pair _ _])
(setq data '(1 2))
(defun twice (data) (+ data data))
(defun applied (data) (data 3))
(println data (twice 2) (applied (\(x) (+ x 1))) (Pair 1 2))
