; A name that is read as a global, then set: the local starts at the setq.
(setq limit 3)
(setq label-text "outer")
(defun clipped (x)
   (if (> x limit) (setq limit (* 2 x)))
   limit
)
(println (clipped 1) (clipped 9) limit)

(defun relabel (l)
   (println label-text)
   (loop x l
      (setq label-text (+ "seen " x))
   )
   label-text
)
(println (relabel '(1 2)) (relabel ()) label-text)

(defun shadow ()
   (setq limit (+ limit 10))
   limit
)
(println (shadow) (shadow) limit)
