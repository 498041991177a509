; A self call in tail position is a loop; its arguments are evaluated before any is set.
(defun fib (n a b)
   (if (= n 0) a (fib (- n 1) b (+ a b)))
)
(println (fib 50 0 1))

(defun even? (n) (if (= n 0) true (odd? (- n 1))))
(defun odd? (n) (if (= n 0) nil (even? (- n 1))))
(println (even? 20000) (odd? 20000))

; Not a tail call: something is left to do afterwards.
(defun total (n) (if (= n 0) 0 (+ n (total (- n 1)))))
(println (total 100))
