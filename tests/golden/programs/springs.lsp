; springs with memo
(setq cache {})
(defun arrangements (s groups)
   (setq key (+ s ":" (join groups ",")))
   (setq known (key@ cache key))
   (check (neq known nil) (return known))
   (setq r
      (cond
         ((nullp groups) (if (in s "#") 0 1))
         ((< (size s) (+ (sum groups) (size groups) -1)) 0)
         (true
            (setq n 0)
            (setq g (car groups))
            (if (!= (@ s 0) "#") (+= n (arrangements (@@ s 1 (size s)) groups)))
            (setq bloc (@@ s 0 g))
            (check (and (not (in bloc ".")) (= (size bloc) g)
                        (or (= (size s) g) (neq (@ s g) "#")))
               (+= n (arrangements (@@ s (+ g 1) (size s)) (cdr groups))))
            n)))
   (set@ cache key r)
   r)
(setq t1 0) (setq t2 0)
(loop l (split "???.### 1,1,3
.??..??...?##. 1,1,3
?#?#?#?#?#?#?#? 1,3,1,6
????.#...#... 4,1,1
????.######..#####. 1,6,5
?###???????? 3,2,1" "\n")
   (setq (s g) (split l " "))
   (setq g (integers (split g ",")))
   (+= t1 (arrangements s g))
   (setq s5 (join (replicate 5 s) "?"))
   (setq g5 (flatten (replicate 5 g)))
   (setq v (arrangements s5 g5))
   (println v)
   (+= t2 v))
(println t1 t2)
