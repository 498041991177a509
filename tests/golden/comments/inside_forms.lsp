;; A block comment
   of two lines ;;
(setq a 1) ;; behind, with two
(setq b 2) ; with one

(defun f ; behind the name
   (x ; behind a parameter
      ; above the second parameter
      (y 2)) ; behind the parameters
   ; above the condition
   (cond
      ; above the first clause
      ((> x y) ; behind the test
         ; above the value
         "more" ; behind the value
      ) ; behind the clause
      ; above the second clause
      (true "less")
      ; at the end of the clauses
   )
   ; at the end of the body
)
(println (f 1) (f 3)) ; behind the call

; above a call over several lines
(println
   (+ 1 ; behind an operand
      ; above an operand
      2)
   ; between arguments
   (list ; behind the head
      1 ; behind an element
      2
      ; at the end of the list
   )
) ; behind its end

(setq numbers-list '( ; in quoted data
   1 ; the first
   ; above the second
   2
))

(setq g (\(x) ; behind the parameters of a lambda
   ; above its body
   (+ x 1) ; behind its body
))
(println (g 1) numbers-list)

(if (> a 0) ; behind the test
   (println "yes") ; behind the first arm
   ; above the second arm
   (println "no")
) ; behind the if

(while (< a 3) ; behind the test of a loop
   ; only a comment above
   (+= a 1)
   ; the last of the loop
) ; behind the loop
(let ((c 1) ; behind a binding
      ; above a binding
      (d 2))
   ; in the let
   (println c d)
)
(maybe
   ; in the attempt
   (println "fine")
   ; above the handler
   (println "failed")
)
; the end
