; a little planner: blocks are moved one by one, the shortest plan is found first
(defun clear (state x) (nullp (scanlist (\(f) (= (cadr f) x)) state)))
(defun where (state x) (loop f state (check (eq (car f) x) (return (cadr f)))))

(defpat move (state x to)
   (maplist (\(f) (if (eq (car f) x) (list x to) f)) state false))

(defun successors (state)
   (setq res ())
   (loop x '(a b c)
      (check (clear state x)
         (setq pos (where state x))
         (loop d '(table a b c)
            (check (and (neq d x) (neq d pos) (or (eq d 'table) (clear state d)))
               (push res (list (list 'move x 'from pos 'to d) (move state x d)))))))
   res)

(defun bfs (start goal)
   (setq queue (list (list start ())))
   (setq seen {})
   (while queue
      (setq node (car queue))
      (popfirst queue)
      (setq state (car node))
      (setq path (cadr node))
      (check (= state goal) (return path))
      (setq k (string state))
      (ncheck (key@ seen k)
         nil)
      (if (key@ seen k)
         nil
         (block
            (set@ seen k true)
            (loop s (successors state)
               (push queue (list (cadr s) (consb path (car s))))))))
   'failure)

(setq plan (bfs '((a table) (b table) (c a)) '((a b) (b c) (c table))))
(loop step plan (println step))
(println (size plan))
