(setq x "global")
(setq limit 10)
(class@ thing (x (log (list)))
   ; a setq makes a local of the field's name; what was read before was the field
   (defun local () (setq before x) (setq x 100) (list before x))
   (defun maybe_local (c) (if c (setq x "set")) x)
   (defun update () (+= x 1) (setq= x (* x 10)) x)
   (defun note (m) (push log m) (size log))
   (defun over () (> x limit))
   (defun each (l) (loop x l (note x)) log))
(setq t (thing 1))
(println (t (local)) (t (maybe_local true)) (t (maybe_local nil)) (t (update)) t)
(println (t (over)) (t (each '(1 2))) x)

; a field that holds a function; a method as a value
(class@ button (action)
   (defun press (n) (action n))
   (defun twice (n) (action (action n))))
(defun double (n) (* 2 n))
(println ((button 'double) (press 4)) ((button (\(n) (+ n 1))) (twice 4)))

; a name that is a method and a function: what the value is decides
(defun grow (n) (+ n 1))
(class@ plant ((height 1)) (defun grow (n) (setqi height (+ height n)) height))
(defun tell (it) (it (grow 5)))
(println (tell (plant)) (tell (\(n) (* n 100))))
