; Conway's game of life on a torus.
(setq rows 6)
(setq columns 6)

; A board is a list of rows, a cell 1 or 0.
(defun make-board (living)
   (setq board ())
   (loop r (range 0 rows 1)
      (push board (maplist (\(c) (if (in living (+ "" r "," c)) 1 0)) (range 0 columns 1)))
   )
   board
)

(defun cell (board r c)
   (@ board (% (+ r rows) rows) (% (+ c columns) columns))
)

; How many of the eight cells around are alive
(defun neighbours (board r c)
   (setq count-of-living 0)
   (loop dr '(-1 0 1)
      (loop dc '(-1 0 1)
         (check (or (neq dr 0) (neq dc 0))
            (+= count-of-living (cell board (+ r dr) (+ c dc)))
         )
      )
   )
   count-of-living
)

(defun next-cell (board r c)
   (setq around (neighbours board r c))
   (cond
      ((= around 3) 1)
      ((= around 2) (cell board r c))
      (true 0)
   )
)

(defun step (board)
   (map (\(r) (map (\(c) (next-cell board r c)) (range 0 columns 1))) (range 0 rows 1))
)

(defun show (board)
   (loop row board
      (println (join (map (\(x) (if (= x 1) "#" ".")) row) ""))
   )
   (println)
)

(setq board (make-board '("0,1" "1,2" "2,0" "2,1" "2,2")))
(loopcount 3
   (show board)
   (setq board (step board))
)
(println "alive:" (sum (maplist 'sum board)))
