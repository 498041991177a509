; Code that is known when compiling stands where it is evaluated.
(setq a 5)
(println (eval '(+ a 1)) (eval 'a) (eval "(setq b (* a 2)) (- b 1)") b)

(defun area (w h)
   (eval '(setq size (* w h)))
   size)
(println (area 3 4))
(eval '(defun half (x) (/ x 2)))
(println (half 5))
