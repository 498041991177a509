; Parameters: optional, named, and the rest of the arguments.

(defun greet (name (greeting "Hello") (ending "!"))
   (+ greeting ", " name ending)
)
(println (greet "Ann"))
(println (greet "Bob" "Good morning"))
(println (greet "Cy" (? ending "?")))

(defun mean (first-value (() others))
   (setq values (cons first-value others))
   (/ (sum values) (size values))
)
(println (mean 4) (mean 1 2 3 4))

; Several values at once
(setq (low high) (minmax '(3 9 1 7)))
(println low high)

; A constant, and variables that end with their `let`
(setconst answer 42)
(let ((x 2) (y 21))
   (println (= answer (* x y)))
)
