; Functions as values: passed on, returned, keeping what they saw.

(defun adder (n) (\(x) (+ x n)))
(setq add-three (adder 3))
(println (add-three 4) (add-three 10))

; A function that applies another one twice
(defun twice (f x) (f (f x)))
(println (twice add-three 1) (twice (\(x) (* x x)) 3))

; A lambda changes the variables of the function it is written in.
(defun total (numbers-list)
   (setq result 0)
   (mapcar (\(x) (+= result x)) numbers-list)
   result
)
(println (total '(1 2 3 4)))

; Composition with a dot: the same as (upper (trim (reverse text true)))
(println (upper . trim . reverse "  abc " true))
