; A function calls itself and its neighbours in its own space.
(defspace slow
   (defun even? (n) (if (= n 0) true (odd? (- n 1))))
   (defun odd? (n) (if (= n 0) nil (even? (- n 1))))
   (defun sum-to (n (total 0))
      (if (= n 0) total (sum-to (- n 1) (+ total n)))))
(defspace quick
   (defun even? (n) (= (% n 2) 0))
   (defun sum-to (n) (/ (* n (+ n 1)) 2)))

(println (space slow (even? 10001)) (space quick (even? 10)))
(println (space slow (list (sum-to 100) (sum-to 3 10))) (space quick (sum-to 100)))

; A space may have a function of an instruction's name.
(defspace loud
   (defun size (l) (* 10 (tally l)))
   (defun double (l) (* 2 (size l))))
(println (size '(1 2 3)) (space loud (list (size '(1 2 3)) (double '(1 2)))))
