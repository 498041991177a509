; guard walking, dictionary of positions, direction switch; robots
(setq plan (split "....#.....
.........#
..........
..#.......
.......#..
..........
.#..^.....
........#.
#.........
......#..." "\n"))
(setq h (size plan)) (setq w (size (@ plan 0)))
(loop e (enum plan)
   (setq c (find (cadr e) "^"))
   (if (neq c nil) (setq start (list (car e) c))))
(println start)
(setq dirs '((-1 0) (0 1) (1 0) (0 -1)))
(defun walk (extra)
   (setq p (clone start)) (setq d 0)
   (setq seen {}) (setq turns {})
   (while true
      (set@ seen (join p ",") 1)
      (setq q (+ p (@ dirs d)))
      (if (or (< (@ q 0) 0) (< (@ q 1) 0) (>= (@ q 0) h) (>= (@ q 1) w))
         (return seen))
      (if (or (= (@ plan (@ q 0) (@ q 1)) "#") (= q extra))
         (block
            (setq k (+ (join p ",") ":" d))
            (if (key turns k) (return nil))
            (set@ turns k true)
            (setq d (% (+ d 1) 4)))
         (setq p q))))
(setq path (walk nil))
(println (size path))
(setq n 0)
(loop k (keys path)
   (setq pos (integers (split k ",")))
   (if (and (!= pos start) (nullp (walk pos))) (+= n 1)))
(println n)
