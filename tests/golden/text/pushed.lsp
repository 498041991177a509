; pushing into a text makes its variable hold the longer one
(setq line "b")
(push line "c" 1)
(pushfirst line "a" "-")
(pushlast line 'd)
(pushtrue line nil "" () 2.5)
(println line)

(defun bracketed (s)
   (pushfirst s "(")
   (push s ")"))
(println (bracketed "x") (push "y" "z"))
