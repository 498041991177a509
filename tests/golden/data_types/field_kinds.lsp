; fields are of the kinds that they declare and that the program puts into them
(data@ Term [Number _] [Plus _ _] [Name string_])
(defpat value ([Number n]) n)
(defpat value ([Plus a b]) (+ (value a) (value b)))
(defpat value ([Name text]) (size text))
(println (value (Plus (Number 2) (Plus (Number 2.5) (Name "abc")))))

; a quoted record, and one that the program changes
(data@ [Pair _ _])
(defpat total ([Pair a b]) (+ a b))
(setq pair '(Pair 1 2))
(println (total pair))
(set@ pair 1 "one")
(println (total pair))

; what is put in by the name of the type as an atom is not known
(data@ [Box _])
(defpat twice ([Box x]) (+ x x))
(println (twice (Box 4)) (twice '(Box "a")))
(loop box (maplist 'Box '("b" 1)) (println (twice box)))
