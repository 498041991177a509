; A `setq` inside a function is local, even of a name that was read as a global before.
(setq count 10)
(defun step (reset)
   (println count)
   (if reset (setq count 0))
   (+ count 1)
)
(println (step nil) (step true) count)

(defun reset-all () (setg count 0))
(reset-all)
(println count)

(defun bump () (+= count 5))
(bump)
(println count)
