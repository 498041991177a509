; Doubtful, but not wrong
(defun bump (n) (+= n 1))
(defun bump (n) (+ n 2))
(println (bump 1))
