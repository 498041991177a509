; fields without a value, with one that is computed, with one that needs another
(class@ grid (width (height width) (cells (list)) (title) (area (* width height)))
   (defun describe () (println title width height cells area)))
((grid 3) (describe))
((grid 3 2 '(1) "t") (describe))
((grid 3 (? title "named") (? height 4)) (describe))
((grid 3 (setqi title "set")) (describe))

; required fields of the parent behind a field with a default
(class@ base (x y))
(class@ child ((z 1)) (from@ base)
   (defun all () (list z x y)))
(println ((child 5 6 7) (all)))
(println (maybe (child 5 6) (\(e) "too few")))

; a field of the parent that the child declares, too; a child without own fields
(class@ other (y) (from@ base))
(class@ same (from@ base)
   (defun swapped () (same y x)))
(println (other 1 2) (same 1 2) ((same 1 2) (swapped)))

; fields that a method adds
(class@ counter ()
   (defun start () (setqi count 0) (this))
   (defun next () (+= count 1)))
(setq c (counter))
(println c)
(c (start) (next))
(println (c (next)) c)

; names that Python would not take
(class@ my-class (max-size (is-open? true))
   (defun grow-by (n) (setqi max-size (+ max-size n))))
(setq m (my-class 3))
(m (grow-by 2))
(println m (type m) (@ m 'max-size) (dictionary m))
