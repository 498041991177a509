; Functions over whole lists: map, filter, fold, scan and their kin.

(println (map (\(x) (* x x)) '(1 2 3 4)))
(println (filter '(< 3) '(5 1 2 8)) (filter (\(x) (> x 2)) '(5 1 2 8)))
(println (foldl '+ 0 '(1 2 3 4)) (foldl1 '- '(10 2 3)) (foldr1 '- '(1 2 3)))
(println (scanl '+ 0 '(1 2 3)) (zipwith '* '(1 2 3) '(4 5 6)))
(println (takewhile '(< 4) '(1 2 3 4 5)) (dropwhile '(< 4) '(1 2 3 4 5)))

; The first five squares above 50, from an endless range
(println (take 5 (filter '(> 50) (map (\(x) (* x x)) (irange 1 1)))))

(println (maplist 'upper '("a" "b")) (sort (\(a b) (< (size a) (size b))) (list "ccc" "a" "bb")))
(println (apply '+ '(1 2 3)) (max 3 9 4) (min '(3 9 4)))
