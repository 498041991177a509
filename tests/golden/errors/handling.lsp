; maybe, catch and throw, as statements, as values, inside conditions.
(defun parse (s)
   (if (digitp s) (integer s) (throw (+ "no number: " s)))
)
(println (maybe (parse "12") -1) (maybe (parse "x") -1))
(println (maybe (parse "y") (\(e) (left e 12))))

(defun total (words)
   (setq sum-of-all 0)
   (loop w words
      (+= sum-of-all (maybe (parse w) 0))
   )
   sum-of-all
)
(println (total '("1" "x" "3")))

(maybe
   (println "before")
   (throw "stop")
   (println "never")
   (println "rescued")
)

(setq outcome (catch (parse "z")))
(if (maybe outcome) (println "failed") (println "fine"))
(println (maybe (catch (parse "5"))))

(defun checked (s)
   (and (maybe (> (parse s) 3) nil) (< (size s) 3))
)
(println (checked "5") (checked "500") (checked "q"))
(println (maybe (/ 1 0) "division") (maybe (@ '(1) 4) "index") (maybe (car 5) "car"))
(setq size-or-zero (+ 1 (maybe (size (fread "absent.txt")) 0)))
(println size-or-zero)
