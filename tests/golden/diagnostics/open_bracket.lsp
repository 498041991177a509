(setq a 1)
(defun f (x)
   (println x)

(setq b 2)
