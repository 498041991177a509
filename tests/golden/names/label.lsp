; `label` may be a name, too: at the head of a form it is one where a function has it
(defun tag (label value) (list label value))
(println (tag "a" 1) (map (\(label) (+ label 1)) '(1 2)))
(class@ item (label) (defun name () label))
(println ((item "x") (name)) (item "y"))
(loop label '(1 2) (print label " "))
(println (label kept 5) kept)
