; Dates that change when a part of them is set.
(setq day (setdate 2024 2 28 12 0 0))
(day day 29)
(println day (type day) (weekday day) (yearday day) (- day (setdate 2024 2 28 12 0 0)))
(println (year day 2028) (maybe (year "2024") "no date") (maybe (month day 99) "no such month"))
(println (type (chrono)) (< (setdate 2024) (setdate 2025)))
