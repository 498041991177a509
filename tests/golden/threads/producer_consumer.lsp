; One thread makes jobs, several take them until a stop sign comes.
(threadspace (seth jobs ()))

(defun next-job ()
   (threadspace
      (ncheck jobs "wait"
         (setq job (car jobs))
         (popfirst jobs)
         job)))

(dethread producer (n workers)
   (loop i (range 1 (+ n 1) 1)
      (threadspace (push jobs i)))
   (loopcount workers
      (threadspace (push jobs "stop"))))

(dethread consumer (name)
   (setq job (next-job))
   (while (!= job "stop")
      (ife (= job "wait")
         (sleep 1)
         (threadstore "squares" (* job job)))
      (setq job (next-job))))

(consumer "first")
(consumer "second")
(producer 10 2)
(wait)
(setq squares (threadretrieve "squares"))
(sort '< squares)
(println squares (threadspace jobs))
