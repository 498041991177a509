; Functions of the same names, for three kinds of shapes.
(defun name () "thing")
(defun describe (x) (+ (name) " " (string x)))

(defspace circle
   (defun name () "circle")
   (defun area (r) (* 3 r r))
   (defun describe (r) (+ (name) " of area " (string (area r)))))

(defspace square
   (defun name () "square")
   (defun area (side) (* side side)))

(println (describe 2))
(println (space circle (describe 2)))
(println (space square (describe 2)) (space square (list (name) (area 2))))
(space circle
   (println (name) (space mainspace_ (name)) (space square (name)))
   (println (maplist 'area '(1 2 3)))
   (println (maplist (\(r) (describe r)) '(1 2))))

; One more definition for a space that is there.
(defspace square
   (defun volume (side) (* side (area side))))
(setq volumes (space square (maplist 'volume '(1 2 3))))
(println volumes)
