; Two threads that can only end if both run at the same time: each waits for the other.
(defun pass-on (name)
   (while (not (trigger name))
      (sleep 1)))

(dethread ping (rounds)
   (loopcount rounds
      (waiton "to ping")
      (lock "table" (threadstore "table" "ping"))
      (pass-on "to pong")))

(dethread pong (rounds)
   (loopcount rounds
      (pass-on "to ping")
      (waiton "to pong")
      (lock "table" (threadstore "table" "pong"))))

(ping 3)
(pong 3)
(wait)
(println (threadretrieve "table"))
(println (trigger "to nobody"))
