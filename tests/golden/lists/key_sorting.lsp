; A comparison of the same of both elements is a key: Python's sort computes it once for each.
(setq people (list (list "bob" 30) (list "al" 25) (list "cy" 30) (list "di" 25)))
(sort (\(a b) (< (@ a 1) (@ b 1))) people)
(println people)
; Equal ones keep their order, also from the greatest to the smallest.
(sort (\(a b) (> (@ a 1) (@ b 1))) people)
(println people)
; The second one before the first is the other order.
(sort (\(a b) (< (size (@ b 0)) (size (@ a 0)))) people)
(println people)
(println (sort (\(a b) (> (* 2 a) (* 2 b))) (list 3 1 2)))

; What compares different things of the two is no key.
(println (sort (\(a b) (< (@ a 1) (+ (@ b 1) 1))) (list (list "x" 2) (list "y" 1))))
; Nor is what may be nil: an empty list has no first element.
(println (sort (\(a b) (< (car a) (car b))) (list '(2) '())))
; Nor what looks at the list itself, which Python empties while it sorts.
(setq turned (list 4 1 3 2))
(sort (\(a b) (< (% a (size turned)) (% b (size turned)))) turned)
(println turned)
; Numbers and texts together are for the runtime to compare.
(println (sort (\(a b) (< (@ a 0) (@ b 0))) (list (list 10 "a") (list "9" "b") (list 2 "c"))))
; Effects happen as often as elements are compared.
(setq compared 0)
(sort (\(a b) (+= compared 1) (< a b)) (list 2 1))
(println (> compared 0))
; What cannot fail for a text is a key, too.
(println (sort (\(a b) (< (lower a) (lower b))) (list "b" "A" "c")))
