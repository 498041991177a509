; A list that a function makes, fills and reads, and gives to nobody, is Python's own.
(defun shout (words)
   (setq parts ())
   (loop w words
      (push parts (upper w)))
   (join parts "-"))
(println (shout '("a" "b" "c")))

(defun total-of (n)
   (setq stack (list 1 2))
   (loopcount n i
      (if (= (% i 2) 0)
         (push stack i)
         (pushfirst stack (- 0 i))))
   (setq total 0)
   (while stack
      (+= total (last stack))
      (pop stack))
   total)
(println (total-of 6))

(defun rows (text)
   (setq places 0)
   (loop line (split text "\n")
      (setq cells '(0 0))
      (set@ cells 1 (size line))
      (set@ cells 0 places)
      (+= places (+ (@ cells 0) (@ cells 1))))
   places)
(println (rows "ab\ncde"))

; What is returned, stored, printed, compared or calculated with is a List.
(defun kept (n)
   (setq result ())
   (loopcount n i
      (setq row ())
      (push row i)
      (push result row))
   result)
(println (kept 2))

(defun pushed (n)
   (setq l ())
   (push l n))
(println (pushed 1))

(defun shown (n)
   (setq l ())
   (push l n)
   (println l)
   (setq m (list n))
   (println (+ m 1) (size m))
   (setq k (list 1))
   (if (= k '(1)) (size k)))
(println (shown 5))

(defun chosen (flag)
   (setq l ())
   (push l 1)
   (if flag l (size l)))
(println (chosen nil) (chosen true))

; One that is given another list later is whatever that is.
(defun replaced (other)
   (setq l ())
   (push l 1)
   (if (= (size l) 1) (setq l other))
   (size l))
(println (replaced '(1 2 3)))

; A list that stands where it is joined is a text.
(defun caption (name unit)
   (println (join (list name unit) " in ") (join '("a" "b") ", ")))
(caption "width" "mm")
