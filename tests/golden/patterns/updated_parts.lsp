; What a pattern binds may only be changed by its rule
(data@ [Pair _ _])
(defpat of-pair ([Pair (> r 2) s]) (+= s r) 'added)
(defpat of-pair ([Pair r s]) (+= s 1) s)
(println (of-pair (Pair 3 4)) (of-pair (Pair 1 4)))
(defpat of-list ([x $ rest]) (+= rest '(1)) rest)
(println (of-list '(1 2 3)))
(defpat count-up ([_ $ rest]) (+= rest 1))
(println (count-up '(5 6 7)))
