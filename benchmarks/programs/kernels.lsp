; What the benchmarks time, beside the same in hand-written Python (handwritten.py).

(defun fib (n)
   (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))

(defun sum_to (n)
   (setq total 0)
   (setq i 0)
   (while (< i n)
      (+= total i)
      (+= i 1))
   total)

(defun sum_loop (n)
   (setq total 0)
   (loop i (iota0 n)
      (+= total i))
   total)

; Called only through a value, so that nothing is known of their operands.
(defun unknown_fib (n)
   (if (< n 2) n (+ (self (- n 1)) (self (- n 2)))))

(defun unknown_sum (items start)
   (setq total start)
   (loop item items
      (setq total (+ total item)))
   total)

(defun squares (values)
   (map (\(x) (* x x)) (filter '(> 10) values)))

(defun unknown_squares (values)
   (map (\(x) (* x x)) (filter '(> 10) values)))

; Element by element: the operators of lists.
(defun combined (a b)
   (+ (* a 2) b))

(fib 1)
(sum_to 1)
(sum_loop 1)
(squares '(1 2 3))
(combined '(1 2) '(3 4))
(setq by_value (list 'functions unknown_fib unknown_sum unknown_squares))
