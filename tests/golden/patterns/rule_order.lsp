; A typed rule that stands last is tried first.
(defpat value (['plus a b]) (+ (value a) (value b)))
(defpat value (['times a b]) (* (value a) (value b)))
(defpat value ([integer_ n]) n)
(println (value '(plus 1 (times 2 3))) (maybe (value 'none) "no value"))
