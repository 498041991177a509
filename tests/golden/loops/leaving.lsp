; break leaves the loop, return the function; a loop may be an argument.
(defun first-negative (rows)
   (loop row rows
      (loop x row
         (check (< x 0)
            (return x)
         )
      )
   )
   'none
)
(println (first-negative '((1 2) (3 -4 -5))) (first-negative '((1))))

(defun until-stop (words)
   (setq seen ())
   (loop w words
      (if (= w "stop") (break))
      (if (= w "skip")
         nil
         (push seen w)
      )
   )
   seen
)
(println (until-stop '("a" "skip" "b" "stop" "c")))

(defun report (id found) (println id found))
(defun next-id () 7)
(defun search (values limit)
   (report (next-id) (loop x values (check (> x limit) (break)) x))
)
(search '(1 2 3) 2)
(search '(1 2) 2)
(println (+ 1 (loop x '(1 2 3) (* x x))))
(setq last-word (while nil 1))
(println last-word (loopcount 3 i (+ i 1)))
