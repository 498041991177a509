; The sieve of Eratosthenes, and what the primes below 50 say.

(defun primes-below (limit)
   (setq candidates (replicate limit true))
   (setq found (integers))
   (loop n (range 2 limit 1)
      (check (@ candidates n)
         (push found n)
         (setq multiple (* n n))
         (while (< multiple limit)
            (set@ candidates multiple nil)
            (+= multiple n)
         )
      )
   )
   found
)

(setq primes (primes-below 50))
(println primes)
(println "there are" (size primes) "primes below 50, their sum is" (sum primes))

; Twins differ by two.
(defun twins (l)
   (setq pairs ())
   (lloop (a b) l (cdr l)
      (check (= (- b a) 2)
         (push pairs (list a b))
      )
   )
   pairs
)
(println (twins primes))
