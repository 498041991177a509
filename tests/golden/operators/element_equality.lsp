; `==` of single values is a number, and a plain test where only its truth counts.
(defun report (step every)
   (if (== (% step every) 0)
      (println "step" step)))
(loopcount 7 i (report i 3))

(setq command "quit")
(check (== command "quit")
   (println "bye"))
(setq found nil)
(loop word '("a" "bb" "a")
   (if (== word "bb") (setq found word)))
(println found (if (== found nil) 'nothing 'something))
(setq rolls (integers 6 1 6 3))
(setq sixes 0)
(loop roll rolls
   (+= sixes (== roll 6)))
(while (not (== sixes 0)) (-= sixes 1))
(println sixes (sum (maplist (\(roll) (== roll 6)) rolls)))
; On lists it goes element by element.
(println (== rolls 6) (== '(1 2) '(1 3)) (== rolls (integers 6 6 6 6)))
(defun same_as (x) (== x 6))
(println (same_as 6) (same_as rolls))
