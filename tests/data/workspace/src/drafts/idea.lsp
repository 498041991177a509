(println "an idea")
