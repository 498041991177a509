; The loops: over containers, counted, while, in parallel.

(loop x '(1 2 3)
   (print x " ")
)
(println)

(loopcount 3 i
   (print i " ")
)
(println)

(loop letter "abc"
   (print letter "-")
)
(println)

(setq n 10)
(while (> n 1)
   (print n " ")
   (setq n (integer (/ n 2)))
)
(println)

(lloop (name age) '("Ann" "Bob") '(31 27)
   (println name "is" age)
)

; The first number that 7 divides, or nil
(defun first-multiple (l)
   (loop x l
      (check (= (% x 7) 0)
         (return x)
      )
   )
   nil
)
(println (first-multiple '(3 10 14 21)) (first-multiple '(1 2)))

; `break` leaves the loop.
(loop x (range 1 100 1)
   (if (> (* x x) 50) (break))
)
(println x)
