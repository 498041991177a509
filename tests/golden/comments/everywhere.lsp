; A comment at the very beginning,
; of two lines.

; A paragraph of its own

; Above a function: what it does.
(defun mean (l)
   ; First in a body
   (setq total 0) ; behind a statement
   ; Above a loop
   (loop x l
      ; First in the loop
      (+= total x) ; behind the addition
      ; Last in the loop
   )
   ; Above the last form
   (/ total (size l)) ; behind the last form
   ; Last in a body
) ; behind the function

;; Two semicolons
(println (mean '(1 2 6))) ; behind a call

(setq settings {
   ; Above an entry
   "rate":0.5 ; behind an entry
   ; Above the second entry
   "steps":10
})

(if (> (mean '(1 2)) 1)
   ; Above the first arm
   (println "large") ; behind the first arm
   ; Above the second arm
   (println "small")
)

(println
   ; Above an argument
   "a" ; behind an argument
   "b"
)

#! A comment of another kind

; The last comment
