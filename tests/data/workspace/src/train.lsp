; Stands for any program: fits a slope, and says how far it got.
(setq slope 0.0)
(setq points '((1 2) (2 4) (3 6)))

; The mean of the squared errors.
(defun loss (slope)
   (/ (sum (for p points (** (- (* slope (@ p 0)) (@ p 1)) 2))) (size points)))

(loopcount 20
   (setq gradient (sum (for p points (* (@ p 0) (- (* slope (@ p 0)) (@ p 1))))))
   (-= slope (* 0.05 gradient)))
(println "loss below 0.01:" (< (loss slope) 0.01))
