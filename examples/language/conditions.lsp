; Choosing: if, cond, switch, select, and the logic of nil and true.

(defun grade (points)
   (cond
      ((>= points 90) "excellent")
      ((>= points 60) "passed")
      (true "failed")
   )
)
(println (maplist 'grade '(95 70 12)))

(defun sound (animal)
   (switch animal
      ("cat" "meow")
      ("dog" "woof")
      (true (+ "the " animal " is silent"))
   )
)
(println (sound "cat") (sound "fish"))

; nil, 0, "" and empty lists are false.
(println (if 0 'yes 'no) (if "" 'yes 'no) (if () 'yes 'no) (if '(0) 'yes 'no))
(println (and 1 "a") (or nil 3) (not nil) (xor true nil))
(setq limit 2)
(println (select nil "" 0 "first true") (ife (> 1 limit) 'then (println "else") 'otherwise))
(println (check (< 1 limit) 'a 'b) (check (< limit 1) 'a))
