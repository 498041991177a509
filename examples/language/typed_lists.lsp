; Typed lists: compact numbers, 8 or 2 bytes each, that torch and numpy read directly.

(setq ids (integers 101 7592 2029))
(setq flags (shorts 1 0 1))
(setq weights (numbers 0.5 1.25 2))
(println ids flags weights)

; Numbers are converted to the kind of the list.
(push ids 7.9)
(println ids (size ids))

; Arithmetic keeps the kind.
(println (+ ids 1) (* weights 2) (sum ids))
(println (iota 5) (iota0 3) (iota 2.5) (range 0 10 3))

; Lists given to a constructor are spliced.
(println (integers 1 (iota 3) 9))
(println (type ids) (type flags) (type weights))
