; A board as one long list: the rows stay as they were written.
(setq weights (integers   ; of the squares
   120 -20  20   5   5  20 -20 120
   -20 -40  -5  -5  -5  -5 -40 -20
    20  -5  15   3   3  15  -5  20
     5  -5   3   3   3   3  -5   5))

(defun best (moves)
   ; the first move of the greatest weight
   (setq primes '(2 3 5 7 11 13 17 19 23 29 31 37 41 43 47 53 59 61 67 71 73 79 83 89 97 101))
   (setq all (maplist (\(m) (at weights m)) moves))
   (at primes (find all (max all))))

(println (best '(1 8 5 16)) (sum weights))
(println (rho 4 8 weights))
