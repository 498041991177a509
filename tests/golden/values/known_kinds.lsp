; What is known of values decides how they are written in Python, not what is printed.
(defun shifted (a) (+ a (list 1 2)))
(println (+ "reals " (@ (shifted (list 1.5 2.5)) 0) " integers " (@ (shifted 30000000) 0)))

(setq counts {"a":1 "b":2})
(println (+ counts) (filter '(= "a") counts) (car counts))
(println (+ {1:10 3:20}))

(setq truths (not (list 1 0)))
(loop t truths (println (+ "truth " t)))

(println (type (cdr (integers 4 5 6))) (type (rotate (shorts 1 2))) (type (flatten (floats 1.5))))
(println (type (||| (integers 1 2) '(2 3))) (type (max (integers 1 2) (integers 3 4))))

(setq grown (set@ (list 1 2) 0 "x"))
(println (+ "set " (car grown)) (+ "extended " (last (extend '(1) '(2.5)))))
