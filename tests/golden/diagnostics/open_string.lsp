(println "never closed)
(println 2)
