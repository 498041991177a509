; Clauses that leave, after one that does not: an `elif`, not an `if` inside the `else`.
(defun run (program)
   (setq at 0)
   (setq total 0)
   (while (< at (size program))
      (setq op (@ program at))
      (cond
         ((= op 1) (+= total (@ program (+ at 1))) (+= at 2))
         ((= op 2) (*= total 2) (+= at 1))
         ((= op 99) (return total))
         (true (throw (+ "no operation " op)))))
   nil)
(println (run '(1 5 2 99)) (run '(1 5)))
(println (maybe (run '(1 5 7)) "stopped"))
