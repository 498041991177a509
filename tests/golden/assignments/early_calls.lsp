; Functions that run before the file sets a variable of the same name.
(defun longest (words) (loop w words (check (> (size w) 4) (setq found w))) found)
(setq found (longest '("elm" "maple")))
(println found (longest '("elm")))

; here the file's variable always has a value
(defun depth (l) (if l (setq level (size l))) level)
(setq level 7)
(println (depth '(1)) (depth ()))

; here it never has one
(defun of_three (words) (loop w words (check (= (size w) 3) (setq word w))) word)
(setq word (of_three '("elm" "maple")))
(println word)
(defun nothing (l) (if l (setq kept 1)) kept)
(setq kept (maybe (nothing ()) (\(e) (@@ e "" ", line"))))
(println kept)

; … or has one once the function has run
(defun last_of (n) (loop i (iota n) (setg i (+ i 1))) i)
(println (last_of 3) (last_of 0))
(defun pick (n) (if (> n 0) (setq chosen n)) (if (> n 0) chosen 0))
(println (pick 0) (pick 3))
(if (pick 1) (setq chosen 9))
(println (pick 0) chosen)

; what is kept may be called later
(defun smallest (l) (loop x l (setq best x)) best)
(setq finders (list 'smallest))
(setq best (smallest '(3)))
(println (map (car finders) '((4) ())))
