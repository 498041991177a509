; Functions over lists: names, operators, lambdas and templates.
(setq words '("apple" "fig" "cherry"))
(defun double (x) (* 2 x))
(println (maplist 'size words) (map 'double '(1 2)) (mapcar 'upper words))
(println (map '(- 1) '(1 2 3)) (map '(1 -) '(1 2 3)) (maplist '(- 10) (iota 3)))
(println (filterlist '(< 10) '(1 20 3)) (filter '(< 10) '(1 20 3)) (droplist '(< 10) '(1 11 2)))
(println (maplist '(split _ " ") '("a b" "c d")) (filterlist (\(w) (> (size w) 4)) words))
(println (foldl '- 10 '(1 2 3)) (foldr1 '- '(1 2 3)) (scanl1 '+ '(1 2 3)) (apply '+ '(1 2 3)))
(println (zipwith (\(x y) (list x y)) '(1 2) '(a b)) (flip (- 10 2)) (zipwith 'max '(1 5) '(4 2)))
(println (foldl (\(acc x) (+ (* 10 acc) x)) 0 '(1 2 3)))
(println (sort (\(a b) (< (size a) (size b))) words))

; A lambda with more than one form
(println
   (maplist
      (\(w)
         ; the first letter, large
         (setq head (upper (@ w 0)))
         (+ head (@@ w 1 (size w)))
      )
      words
   )
)

; A condition in the lambda
(println (map (\(x) (if (> x 2) 'large 'small)) '(1 2 3)))
(println (map (\(x) (map (\(y) (* x y)) '(1 2))) '(1 2)))
; An operator between the elements of each row; a function that only calls another.
(println (maplist '+ '((1 2) (3 4))) (mapcar '* '((1 2) (3 4))))
(println (maplist (\(s) (split s "-")) '("a-b" "c")) (maplist (\(s) (size s)) '("ab")))
