; Rules with a type come first, wherever they stand.
(defpat fact (0) 1)
(defpat fact ([integer_ (> n 0)]) (* n (fact (- n 1))))
(println (fact 5))

(defpat kind (x) "other")
(defpat kind ([integer_ x]) "integer")
(defpat kind ([string_ x]) (+ "text of " (size x)))
(defpat kind ([list_ x]) (+ "list of " (size x)))
(defpat kind ([dictionary_ x]) "dictionary")
(loop value (list 1 "abc" '(1 2) 2.5 {"a":1} true 'atom (strings "x"))
   (println (kind value)))

; An expression and what it is worth.
(defpat worth ([number_ n]) n)
(defpat worth ([integer_ n]) n)
(defpat worth (['plus a b]) (+ (worth a) (worth b)))
(defpat worth (['times a b]) (* (worth a) (worth b)))
(defpat worth (['minus a]) (- 0 (worth a)))
(println (worth '(plus 1 (times 2 (minus 3.5)))))
(println (maybe (worth '(power 1 2)) "no rule"))

; Types within lists.
(defpat pair ([[integer_ a] [string_ b]]) (list a b))
(defpat pair ([[string_ b] [integer_ (< a 10)]]) (list 'turned a b))
(defpat pair (_) 'none)
(println (pair '(1 "a")) (pair '("b" 2)) (pair '("b" 20)) (pair '(1 2)))
