; Statistics of measurements with numpy: vectors, tables, a straight line through points.
(pyimport numpy np)

(setq seconds (np.array '(12.1 11.8 12.6 13.0 11.9 12.4 19.5)))

(defun summary (values)
   {"mean":(values.mean) "median":(np.median values) "deviation":(values.std (? ddof 1))})

; Values further from the median than three times the usual distance.
(defun outliers (values)
   (setq distances (np.abs (- values (np.median values))))
   (@ values (np.greater distances (* 3 (np.median distances)))))

(setq found (summary seconds))
(loop name found
   (println (stringf (@ found name) "%8.3f") name))
(println "outliers:" (to_list (outliers seconds)))

; A table: mean of each column, the row with the largest sum.
(setq table (np.array '((3 5 1) (4 4 4) (1 0 7))))
(println "columns:" (table.mean (? axis 0)))
(println "largest row:" (@ table (np.argmax (table.sum (? axis 1)))))

; Least squares: y = slope * x + offset.
(setq x (np.arange 6))
(setq y (+ (* 2 x) 1))
(setq (slope offset) (np.polyfit x y 1))
(println (f_ "y = {(round slope)} x + {(round offset)}"))

(setq rotation (np.array '((0 -1) (1 0))))
(println "rotated:" (np.matmul rotation (np.array '(2 1))) "norm:" (np.linalg.norm '(3 4)))
