; What filterlist chooses is mapped in the same walk, unless it shows
(setq pairs '((a 1) (b 2) (a 3)))
(println (maplist (\(p) (cadr p)) (filterlist (\(q) (= (car q) 'a)) pairs)))
(println (for x (filterlist (\(y) (< y 4)) (filterlist (\(z) (> z 1)) (iota 5))) (* x x)))
(println (maplist (\(x) (block (println "use" x) x)) (filterlist (\(y) (println "ask" y) (> y 1)) '(1 2 3))))
(println (map (\(x) (block (println "use" x) x)) (filter (\(y) (> y 1)) (filterlist (\(z) (< z 4)) '(1 2 3 4)))))
