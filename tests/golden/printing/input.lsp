(setq name (input@ "name? "))
(println "hello" name)
(println (input) (getchar) (pipe) (pipe) (pipe))
(println (prettify '(1 (2 3)) 50))
