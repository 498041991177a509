; Rules of different sizes, the recursion a loop.
(defpat total (l) (total l 0))
(defpat total ([] acc) acc)
(defpat total ([a $ b] acc) (total b (+ acc a)))
(println (total '(1 2 3)) (total (iota 1000)))

; A function that calls others by the name that it gets.
(defpat each (f []) ())
(defpat each (f [a $ b]) (cons (f a) (each f b)))
(defun twice (x) (* 2 x))
(println (each 'twice '(1 2 3)) (each (\(x) (+ x 1)) '(1 2 3)))

; Two that call each other last.
(defpat is_even (0) true)
(defpat is_even (n) (is_odd (- n 1)))
(defpat is_odd (0) nil)
(defpat is_odd (n) (is_even (- n 1)))
(println (is_even 10000) (is_odd 10000))

; `self`, variables of a rule, a rule with several forms.
(defpat down (0) (println "done"))
(defpat down (n)
   (setq half (- n 1))
   (print n " ")
   (self half))
(down 3)

(defpat hanoi (0 _ _ _) 0)
(defpat hanoi (n from to by)
   (+ (hanoi (- n 1) from by to) 1 (hanoi (- n 1) by to from)))
(println (hanoi 5 'a 'b 'c))

(println (hanoi 1 2 3 4))
(println (maybe (total 3 4) "no list"))
(println (bodies total))
