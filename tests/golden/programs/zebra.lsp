; zebra puzzle (short version with 3 houses), by permutations
(defun permutations (l)
   (if (nullp l) '(())
      (block
         (setq res ())
         (loop x l
            (setq others (filterlist (\(y) (neq y x)) l))
            (loop p (permutations others)
               (push res (cons x p))))
         res)))
(defun pos (l x) (find l x))
(defun right-of (a b) (= a (+ b 1)))
(defun next-to (a b) (= 1 (iabs (- a b))))

(setq perms (permutations '(0 1 2 3 4)))
(println (size perms))
(defun zebra ()
(loop c perms
   (setq (red green ivory yellow blue) c)
   (check (right-of green ivory)
   (loop n perms
      (setq (eng spa ukr nor jap) n)
      (check (and (= eng red) (= nor 0) (next-to nor blue))
      (loop d perms
         (setq (coffee tea milk oj water) d)
         (check (and (= coffee green) (= ukr tea) (= milk 2))
         (loop s perms
            (setq (oldgold kools chest lucky parl) s)
            (check (and (= kools yellow) (= lucky oj) (= jap parl))
            (loop p perms
               (setq (dog snails fox horse zeb) p)
               (check (and (= spa dog) (= oldgold snails) (next-to chest fox) (next-to kools horse))
                  (setq who (dictionaryi eng "English" spa "Spaniard" ukr "Ukrainian" nor "Norwegian" jap "Japanese"))
                  (return (list (@ who water) (@ who zeb)))))))))))))
)
(println (zebra))
