; The length of a list.
(defpat length_of ([]) 0)
(defpat length_of ([a $ b]) (+ 1 (length_of b)))
(println (length_of '(1 2 3)) (length_of ()))

; Rules may leave something to be said by their order.
(defpat show ([x y $ z]) (println x y z))
(defpat show ((x)) (println 'unique x))
(defpat show (()) (println 'empty))
(show ())
(show '(1 2 3 4 5))
(show '(1 2))
(show '(1))

; Two lists at once.
(defpat merged ([] b) b)
(defpat merged (a []) a)
(defpat merged ([x $ xs] [y $ ys])
   (if (< x y)
      (cons x (merged xs (cons y ys)))
      (cons y (merged (cons x xs) ys))))
(println (merged '(1 4 6) '(2 3 9)))

; A list within a list, constants in it, and a variable twice.
(defpat command (["move" [x y] $ _]) (list 'to x y))
(defpat command ([x x]) (list 'twice x))
(defpat command ([3.5 'here $ rest]) rest)
(println (command '("move" (1 2) 3)))
(println (command '(7 7)) (command '(3.5 here 1 2)))

; The rest of a list is a list of the same kind.
(defpat tail ([_ $ r]) r)
(println (type (tail (integers 1 2 3))) (tail (llist 1 2 3)) (tail '(1)))

(defpat quicksort ([]) ())
(defpat quicksort ([pivot $ rest])
   (nconcn
      (quicksort (filterlist '(< pivot) rest))
      (list pivot)
      (quicksort (filterlist '(>= pivot) rest))))
(println (quicksort '(3 1 4 1 5 9 2 6)))
