; `data` was once the spelling of `data@`
(data [Pair _ _])
(data Colour [Red] [Mixed integer_ integer_])
(println (Pair 1 2) (Red) (Mixed 1 2))
