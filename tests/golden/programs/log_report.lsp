; A report on a log: levels, dates, users.
(setq log `2024-01-01 10:00:01 INFO server started
2024-01-01 10:00:05 WARN slow query (250ms)
2024-01-01 10:01:00 ERROR timeout in module db
2024-01-02 09:00:00 INFO user=alice login
2024-01-02 09:05:00 INFO user=bob login
2024-01-02 09:06:30 ERROR timeout in module net
`)
(setq entries ())
(loop line (split (trim log) "\n")
   (setq fields (split line " "))
   (push entries (dictionary "date" (@ fields 0) "time" (@ fields 1) "level" (@ fields 2)
      "msg" (join (extract fields 3 (size fields)) " "))))
(println (size entries) (@ entries 1 "msg"))
(setq bylevel {})
(setq bydate (dictionarytree))
(loop e entries
   (+= (@ bylevel (@ e "level")) 1)
   (maybe (push (@ bydate (@ e "date")) (@ e "level"))
      (set@ bydate (@ e "date") (list (@ e "level")))))
(loop k '("INFO" "WARN" "ERROR" "DEBUG")
   (println (+ (padding k " " 6) (string (select (key@ bylevel k) 0)))))
(println bydate)
(setq users (maplist (\(e) (extract (@ e "msg") "user=" " ")) (filterlist (\(e) (in (@ e "msg") "user=")) entries)))
(println users)
(setq ms (filterlist '(neq "") (maplist (\(e) (extract (@ e "msg") "(" "ms)")) entries)))
(println ms (integer (car ms)))
(defun seconds_of (t) (setq (h m s) (integers (split t ":"))) (+ (* 3600 h) (* 60 m) s))
(println (maplist (\(e) (seconds_of (@ e "time"))) entries))
(setq errors (filterlist (\(e) (= (@ e "level") "ERROR")) entries))
(println (maplist (\(e) (last (split (@ e "msg") " "))) errors))
(println (f_ "{size errors} errors, first at {@ (car errors) \"time\"}"))
