; Variables of the threadspace belong to all threads, one at a time.
(threadspace
   (seth visits 0)
   (seth visitors ()))

(dethread visitor (name times)
   (loopcount times
      (threadspace
         (seth visits (+ visits 1))))
   (threadspace
      (push visitors name)))

(visitor "Ann" 100)
(visitor "Bob" 200)
(wait)

(threadspace
   (println visits (sort '< visitors)))

; The same place under its other name; what it yields is the value of its body.
(println (space thread (+= visits 5) (* visits 2)))
(println (maybe (eq visits 0) "not outside"))
