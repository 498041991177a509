; Names that Python has for itself, and names that become the same.
(setq class 1)
(setq list-size 2)
(setq list_size 3)
(setq print "p")
(defun ready? (x) (> x 0))
(defun def (lambda-value) (+ lambda-value 1))
(setq θ 5)
(println class list-size list_size print (ready? 1) (def 1) θ)
