; In its own thread, a thread function is a function like any other.
(dethread countdown (n)
   (check (> n 0)
      (threadstore "countdown" n)
      (countdown (- n 1))))

(dethread fib (n (outermost true))
   (setq result
      (if (< n 2) n (+ (fib (- n 1) nil) (fib (- n 2) nil))))
   (if outermost
      (threadstore "fib" result)
      result))

(println (countdown 5))
(println (fib 15))
(wait)
(println (threadretrieve "countdown") (threadretrieve "fib"))

; Threads that start threads, and wait for them.
(dethread leaf (n)
   (threadstore "leaves" n))
(dethread branch (n)
   (loopcount n i (leaf i))
   (wait)
   (threadstore "leaves at the end of a branch" (size (threadretrieve "leaves"))))
(branch 4)
(wait)
(println (threadretrieve "leaves at the end of a branch"))
