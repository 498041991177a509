; a loop over nil, or over what is no container, runs no round
(setq friends {"ann":("bob" "cid")})
(loop name '("ann" "bob") (loop friend (key@ friends name) (println name friend)))
(defun around (x) (check (> x 0) (list (- x 1) (+ x 1))))
(loop n (around 5) (println n))
(println (loop n (around -1) n) (maplist '(* 2) (around -1)) (for n (around 1) (* n n)))

(defun leaves (x) (if (consp x) (loop y x (leaves y)) (loop y x (println "never" y))) x)
(println (leaves '(1 (a))) (loop x nil x) (filterlist 'zerop nil))
(println (last nil) (reverse nil) (@@ nil 0 2) (keys@ nil))
