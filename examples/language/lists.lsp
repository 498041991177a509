; Lists: building, taking apart, changing, asking.

(setq fruits (list "apple" "pear" "plum"))
(println fruits (size fruits))

; The first element and the others
(println (car fruits) (cdr fruits) (cadr fruits) (last fruits))

; By position, from the front or from the end
(println (@ fruits 0) (@ fruits -1) (extract fruits 0 2))

; `push` changes the list, `cons` makes a new one.
(push fruits "fig")
(println fruits (cons "kiwi" fruits))

; Arithmetic works element by element.
(setq prices (list 3 5 2 8))
(println (* prices 2) (+ prices prices) (sum prices))

; Sorted copies, positions, counts
(println (sort '> (clone prices)) (find fruits "plum") (count '(1 2 1 1) 1))
(println (reverse (list 1 2 3)) (zip '(1 2) '(a b)) (unique '(1 2 2 3 1)))
(println (in fruits "fig") (in fruits "melon") (nullp ()))
