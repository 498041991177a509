(defspace jobs
   (defun key (n) (+ "job " (string n)))
   (dethread start (n) (threadstore "jobs in a space" (key n))))
(space jobs (start 1) (wait) (start 2) (wait))
(println (threadretrieve "jobs in a space"))
