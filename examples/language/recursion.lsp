; Recursion: a tail call is a loop, mutual tail calls do not grow the stack.

(defun factorial (n) (if (< n 2) 1 (* n (factorial (- n 1)))))
(println (factorial 20))

; The last thing this function does is to call itself.
(defun sum-to (n acc)
   (if (= n 0)
      acc
      (sum-to (- n 1) (+ acc n))
   )
)
(println (sum-to 100000 0))

(defun even? (n) (if (= n 0) true (odd? (- n 1))))
(defun odd? (n) (if (= n 0) nil (even? (- n 1))))
(println (even? 100000) (odd? 100000))

; Towers of Hanoi: how many moves?
(defun moves (disks)
   (if (= disks 0)
      0
      (+ 1 (* 2 (moves (- disks 1))))
   )
)
(println (maplist 'moves (iota 6)))
