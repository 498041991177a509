; Dictionaries: counting words, looking up, walking over the keys.

(setq text "the cat and the dog and the bird")
(setq counts {})
(loop word (split text " ")
   (+= (@ counts word) 1)
)

; Keys in alphabetical order, whatever the order of the dictionary is
(loop word (sort '< (keys@ counts))
   (println word (@ counts word))
)

; A key that is not there: `key@` gives nil, `@` is an error.
(println (key@ counts "fish"))
(println (maybe (@ counts "fish") "no fish"))

(setq ages {"Ann":31 "Bob":27})
(set@ ages "Cy" 44)
(println (size ages) (@ ages "Cy") (sum (values@ ages)))
(println (find ages 27))

(pop ages "Bob")
(println ages)
