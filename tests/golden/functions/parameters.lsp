(defun window (xs (size 3) (step (* 2 size)))
   (list xs size step)
)
(println (window '(1 2)) (window '(1 2) 4) (window '(1 2) (? step 1)))

(defun collect (first (() others))
   (list first others)
)
(println (collect 1) (collect 1 2 3))

; A constant list as default is made anew at each call.
(defun gather (x (into '(0)))
   (push into x)
   into
)
(println (gather 1) (gather 2))
