; Where a file asks twice for its folder, a constant holds it.
(setq names (list "notes.txt" "none.txt"))

; The path of a file beside this one.
(defun beside (name)
   (+ _current name))
(println (map (\(name) (- (size (beside name)) (size _current))) names))
(println (file_exists (+ _current "no such file")) (endwith _current "/"))
