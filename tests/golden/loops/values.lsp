; A loop has a value: that of its last round, nil after `break`.
(setq limit 2)
(defun next-id () 7)
(defun report (id found) (println id found))
(report (next-id) (loop x '(1 2 3) (check (> x limit) (break)) x))
(report (next-id) (loop x '(1 2) (check (> x limit) (break)) x))
(println (loop i '(1 2 3) (* i i)))

; Each round reads the old value.
(setq x 0)
(setq x (loop i '(1 2 3) (+ x i)))
(println x)
