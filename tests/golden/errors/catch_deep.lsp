; `catch` holds the error of a function deep inside, and the program goes on.
(defun pick (l) (@ l 5))
(defun pick-twice (l) (list (pick l) (pick l)))
(setq outcome (catch (pick-twice '(1 2))))
(println (maybe outcome) (in (string outcome) "index out of bounds"))
(println (maybe (pick-twice '(1)) (\(e) (in e "index out of bounds"))))
