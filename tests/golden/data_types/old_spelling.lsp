; `data` was once the spelling of `data@`; it is also a name like any other
(data [Pair _ _])
(data Colour [Red] [Mixed integer_ integer_])
(println (Pair 1 2) (Red) (Mixed 1 2))
(setq data '(1 2))
(defun twice (data) (+ data data))
(println data (twice 2))
