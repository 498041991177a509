; key@ makes dictionaries, too; their values may be of any kind later.
(setq d (key@ "a" (list 1 2)))
(push (@ d "a") "x")
(loop k d (println k (@ d k) (+ (@ d "a" 0) 1)))
(setq e (keyi@ 1 5))
(set@ e 2 "text")
(println e (@ e 2) (+ (@ e 1) 1) (key@) (type (json_parse "{}")))
(println (@ {1 2} 5) (@ {1 2} 1))
