; The entry is read before what is added runs, which may change it.
(setq seats (dictionary "front" 1))
(setq rows (list 1 2 3))
(defun refill () (set@ seats "front" 10) (set@ rows 0 50) 5)
(println (+= (@ seats "front") (refill)) seats)
(+= (@ seats "back") (refill))
(+= (@ rows 0) (refill))
(println seats rows)

; Also where it takes several statements
(defun take (places key)
   (+= (@ places key) (block (setq found (refill)) (if (> found 9) (return nil)) (* found 2)))
   places
)
(println (take seats "front"))

(setq marked {})
(defun mark (word) (+ word "!"))
(loop c '("a" "b" "a") (+= (@ marked c) (mark c)))
(println marked)

; And for the variable of a pattern
(defpat double ((> r 2)) (+= r (let ((r (+= r r))) r)) r)
(println (double 8))
