; A method that calls itself last on another object goes from one to the next.
(class@ cell (value (next nil))
   (defun last () (if next (next (last)) value))
   (defun value_at (position)
      (if (= position 0)
         value
         (if next (next (value_at (- position 1))) "beyond the end")))
   (defun replace_all (old new)
      (if (= value old) (setqi value new))
      (check next (next (replace_all old new))))
   ; not known to be there: a plain call, and nil has no such method
   (defun after (steps) (if (> steps 0) (next (after (- steps 1))) value))
)
(setq chain (cell 0))
(loopcount 20000 i (setq chain (cell (+ i 1) chain)))
(println (chain (last)) (chain (value_at 19000)) (chain (value_at 30000)))
(chain (replace_all 0 "start"))
(println (chain (last)) (chain (after 3)))
(println (maybe ((cell 1) (after 1)) "no next"))
