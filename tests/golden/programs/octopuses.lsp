; Octopuses that light each other up
(setq grid (maplist (\(l) (integers (split l ""))) (split "5483143223
2745854711
5264556173
6141336146
6357385478
4167524645
2176841721
6882881134
4846848554
5283751526" "\n")))
(setq flashes 0)
(setq dirs '((-1 -1) (-1 0) (-1 1) (0 -1) (0 1) (1 -1) (1 0) (1 1)))
(defun bump (r c)
   (check (and (>= r 0) (>= c 0) (< r (size grid)) (< c (size (@ grid 0))) (!= 0 (@ grid r c)))
      (set@ grid r c (+ (@ grid r c) 1))
      (check (> (@ grid r c) 9) (flash r c))))
(defun flash (r c)
    (set@ grid r c 0)
    (setg flashes (+ flashes 1))
    (loop d dirs
        (bump (+ r (@ d 0)) (+ c (@ d 1)))))
(defun step_ ()
    (setg grid (+ grid 1))
    (setq ready ())
    (loop i (irange 0 10 1)
       (loop j (irange 0 10 1)
          (if (> (@ grid i j) 9) (push ready (list i j)))))
    (loop p ready
       (check (> (@ grid (car p) (cadr p)) 9) (flash (car p) (cadr p)))))
(setq n 0)
(while true
   (step_)
   (+= n 1)
   (if (= n 100) (println "after 100:" flashes))
   (if (= 0 (sum (flatten grid))) (break)))
(println "all at" n)
(println grid)
