; Each worker adds up a part of the range.
(dethread sum-part (from to)
   (setq total 0)
   (loop i (range from to 1)
      (+= total i))
   (threadstore "part sums" total))

(setq step 250)
(loop start '(0 250 500 750)
   (sum-part start (+ start step)))
(wait)

(setq parts (threadretrieve "part sums"))
(println (size parts) (sum parts))
