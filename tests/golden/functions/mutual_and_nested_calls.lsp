; Tail calls: to itself, to one another, under every form that passes the tail on.
(defun count-down (n)
   (cond
      ((= n 0) 'done)
      ((= (% n 2) 0) (count-down (- n 1)))
      (true (block (setq m (- n 1)) (count-down m)))
   )
)
(println (count-down 5000))

(defun gcd-of (a b)
   (check (= b 0) (return a))
   (gcd-of b (% a b))
)
(println (gcd-of 1071 462))

(defun state-a (l) (ncheck l 'end-a (state-b (cdr l))))
(defun state-b (l) (if l (state-a (cdr l)) 'end-b))
(println (state-a (iota 3001)) (state-a (iota 3000)))

(defun collatz (n (steps 0))
   (if (= n 1)
      steps
      (if (= (% n 2) 0)
         (collatz (integer (/ n 2)) (+ steps 1))
         (collatz (+ 1 (* 3 n)) (+ steps 1))
      )
   )
)
(println (collatz 27))

; A lambda in the body keeps its own round
(defun keepers (n kept)
   (if (= n 0)
      (maplist (\(f) (f)) kept)
      (keepers (- n 1) (cons (\() n) kept))
   )
)
(println (keepers 3 ()))
