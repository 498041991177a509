; Errors: thrown, caught, turned into another value.

(defun safe-divide (a b)
   (if (= b 0)
      (throw "a number divided by zero")
      (/ a b)
   )
)
(println (safe-divide 10 4))

; `maybe` gives its last argument when something goes wrong.
(println (maybe (safe-divide 1 0) "infinite"))

; A function as last argument is told what happened; the place comes behind the message.
(println (maybe (safe-divide 1 0) (\(e) (@@ e 0 24))))

; `catch` gives an object that holds the error; `maybe` with one argument asks for it.
(setq outcome (catch (safe-divide 2 0)))
(println (maybe outcome) (maybe (catch (safe-divide 2 1))))

; LispE's own errors are caught, too.
(println (maybe (@ '(1 2 3) 7) "no such element"))
(println (maybe (car 12) "not a list"))
