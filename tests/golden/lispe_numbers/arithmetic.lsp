; An integer on the left cuts a real, after each step.
(println (+ 10 2.5) (+ 2.5 10) (* 2 1.5) (- 1 0.5) (+ 1 0.6 0.6) (+ 0 (/ 7 2)))

; Operators of Python where both have the same meaning.
(defun area (width height) (* width height))
(println (area 3 4) (area 5 6))

(defun mean (numbers)
   (/ (+ numbers) (size numbers)))
(println (mean (numbers 1 2.5)) (mean '(1 2.5)))

; Lists: each element decides.
(println (+ '(1 2) 0.5) (+ 0.5 '(1 2)) (- 10 '(1.5 2)) (+ (numbers 1 2) 0.5))
(println (+ '(1 2.5)) (* '(2.5 2)) (sum '(1 2.5)))

; The quotient and the power are reals.
(println (type (/ 10 5)) (type (^^ 2 10)) (type (^^ 10 2)) (% 7.9 3) (% 7 2.5))

; Updates.
(setq total 10)
(loop x '(0.6 0.6 2.5) (+= total x))
(println total)
(setq counts {"a":1})
(+= (@ counts "a") 1.5)
(setq grid '((1 2) (3 4)))
(*= (@ grid 1 0) 1.5)
(println counts grid)
(println (* 2 "3") (& 12 10.7) (<< 1 2.9))
