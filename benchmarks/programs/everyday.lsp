; Everyday loops, beside the same in hand-written Python (everyday_handwritten.py).

(defun count_words (words)
   (setq counts {})
   (loop w words
      (+= (@ counts w) 1))
   counts)

(defun build_text (n)
   (setq s "")
   (loop i (iota0 n)
      (+= s "x" (string i)))
   s)

(defun join_texts (n)
   (setq parts ())
   (loopcount n i
      (push parts (+ "item" i)))
   (join parts ","))

(defun push_squares (n)
   (setq l ())
   (loop i (iota0 n)
      (push l (* i i)))
   l)

(defun push_while (n)
   (setq l (list))
   (setq i 0)
   (while (< i n)
      (push l i)
      (+= i 1))
   l)

(defun push_in_front (n)
   (setq l ())
   (loopcount n i
      (pushfirst l i))
   l)

(defun drain (n)
   (setq stack (list))
   (loopcount n i (push stack i))
   (setq total 0)
   (while stack
      (+= total (last stack))
      (pop stack))
   total)

(defun index_sum (items)
   (setq total 0)
   (setq i 0)
   (setq n (size items))
   (while (< i n)
      (+= total (@ items i))
      (+= i 1))
   total)

(defun set_all (items)
   (loopcount (size items) i
      (set@ items i (* 2 (@ items i))))
   items)

(defun sieve (n)
   (setq flags (rho n '(1)))
   (setq primes ())
   (loop i (range 2 n 1)
      (if (= (@ flags i) 1)
         (block
            (push primes i)
            (setq j (* i i))
            (while (< j n)
               (set@ flags j 0)
               (+= j i)))))
   primes)

(defun read_numbers (text)
   (setq total 0)
   (loop line (split text "\n")
      (setq parts (split line " "))
      (+= total (* (integer (@ parts 0)) (integer (@ parts 1)))))
   total)

(defun grid_sum (rows)
   (setq total 0)
   (loop row rows
      (loop cell row
         (if (> cell 3) (+= total cell))))
   total)

(defun neighbours (grid)
   (setq h (size grid))
   (setq w (size (@ grid 0)))
   (setq found 0)
   (loop y (range 1 (- h 1) 1)
      (loop x (range 1 (- w 1) 1)
         (setq c (@ grid y x))
         (if (and (> c (@ grid (- y 1) x)) (> c (@ grid (+ y 1) x))
                  (> c (@ grid y (- x 1))) (> c (@ grid y (+ x 1))))
            (+= found 1))))
   found)

(defun scan_text (s)
   (setq depth 0)
   (setq deepest 0)
   (loop c s
      (cond
         ((= c "(") (+= depth 1))
         ((= c ")") (-= depth 1)))
      (if (> depth deepest) (setq deepest depth)))
   deepest)

(setq memo (dictionaryi))
(defun collatz (n)
   (if (= n 1)
      1
      (block
         (setq known (key@ memo n))
         (if known
            known
            (block
               (setq r (+ 1 (if (= (% n 2) 0) (collatz (integer (/ n 2))) (collatz (+ 1 (* 3 n))))))
               (key@ memo n r)
               r)))))

(defun longest_chain (n)
   (setq best 0)
   (loop i (range 1 n 1)
      (setq r (collatz i))
      (if (> r best) (setq best r)))
   best)

(defun bfs (graph start)
   (setq seen {})
   (setq queue (list start))
   (set@ seen start 0)
   (setq i 0)
   (while (< i (size queue))
      (setq node (@ queue i))
      (+= i 1)
      (loop next (@ graph node)
         (if (nullp (key@ seen next))
            (block
               (set@ seen next (+ 1 (@ seen node)))
               (push queue next)))))
   seen)

(defun matmul (a b)
   (setq n (size a))
   (setq result ())
   (loopcount n i
      (setq row ())
      (loopcount n j
         (setq s 0)
         (loopcount n k
            (+= s (* (@ a i k) (@ b k j))))
         (push row s))
      (push result row))
   result)

(defun bubble (items)
   (setq n (size items))
   (loop i (iota0 n)
      (loop j (iota0 (- n i 1))
         (if (> (@ items j) (@ items (+ j 1)))
            (block
               (setq tmp (@ items j))
               (set@ items j (@ items (+ j 1)))
               (set@ items (+ j 1) tmp)))))
   items)

; Higher-order functions.
(defun chain (values)
   (map (\(x) (* x 3)) (filter (\(x) (= (% x 2) 0)) values)))

(defun folded (values)
   (foldl (\(total x) (+ total (* x x))) 0 values))

(defun scanned (values)
   (scanl (\(total x) (+ total x)) 0 values))

(defun taken (values)
   (takewhile '(< 900000) values))

(defun zipped (a b)
   (zipwith (\(x y) (* x y)) a b))

(defun zipped_texts (a b)
   (zipwith (\(x y) (+ x y)) a b))

(defun mapped_texts (words)
   (maplist 'upper words))

; Called once each, so that the compiler sees what they are called with.
(count_words '("a" "b" "a"))
(build_text 3)
(join_texts 3)
(push_squares 3)
(push_while 3)
(push_in_front 3)
(drain 3)
(index_sum '(1 2 3))
(set_all (list 1 2 3))
(sieve 20)
(read_numbers "1 2\n3 4")
(grid_sum '((1 5) (4 2)))
(neighbours '((1 2 1) (2 9 2) (1 2 1)))
(scan_text "((a)b)")
(longest_chain 10)
(bfs {"a":'("b" "c") "b":'("c") "c":()} "a")
(matmul '((1 2) (3 4)) '((1 2) (3 4)))
(bubble (list 3 1 2))
(chain '(1 2))
(folded '(1 2))
(scanned '(1 2))
(taken '(1 2))
(zipped '(1 2) '(3 4))
(zipped_texts '("a") '("b"))
(mapped_texts '("a" "b"))
