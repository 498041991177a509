; The ways to give a name a value.
(setq a 1)
(setq (x y) (list 3 4))
(println a x y)

; setqv and label hand the value on
(println (setqv b 5) (label c "text") b c)

; setg reaches the global from inside, setq does not
(setq level 1)
(defun local-level () (setq level 2) level)
(defun global-level () (setg level 3) level)
(println (local-level) level (global-level) level)

; setq= writes where the name lives
(setq total 0)
(defun note-total (n) (setq= total n) (setq= own n) own)
(println (note-total 9) total)

; a constant is there before anything runs
(defun area (r) (* scale r r))
(setconst scale 2)
(println (area 3))

; the same name for all parts of a list
(defun minimum-and-maximum (l)
   (setq (low high) (minmax l))
   (- high low)
)
(println (minimum-and-maximum '(3 9 1)))
