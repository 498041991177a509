; What stands under one lock is done by one thread at a time.
(dethread report (name lines)
   (lock "report"
      (loop line lines
         (threadstore "report" (+ name ": " line)))))

(report "a" '("one" "two" "three"))
(report "b" '("one" "two" "three"))
(wait)
(setq lines (threadretrieve "report"))
(println (eq (@ lines 0 0) (@ lines 1 0) (@ lines 2 0)) (size lines))

; A lock has the value of its body; who holds it can take it again.
(defun doubled (n)
   (lock "number"
      (setq result (lock "number" (* 2 n)))
      (if (> result 10) (return "large"))
      result))
(println (doubled 3) (doubled 30))
(println (maybe (lock "broken" (throw "inside")) "caught") (lock "broken" "free again"))
