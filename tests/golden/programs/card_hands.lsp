; camel cards with counts and sort by lambda
(setq mains (maplist '(split _ " ") (split "32T3K 765
T55J5 684
KK677 28
KTJJT 220
QQQJA 483" "\n")))
(setq order "23456789TJQKA")
(defun signature (hand)
   (setq cnt {})
   (loop c hand (+= (@ cnt c) 1))
   (sort '> (values@ cnt)))
(defun value (hand ord)
   (maplist (\(c) (find ord c)) (split hand "")))
(defun joker (hand)
   (setq best ())
   (loop c "23456789TQKA"
      (setq s (signature (replace hand "J" c)))
      (if (or (nullp best) (precede best s)) (setq best s)))
   best)
(defun precede (a b)
   (lloop (x y) a b
      (if (< x y) (return true))
      (if (> x y) (return nil)))
   nil)
(defun solve_ (sigf ord)
  (setq ranked (maplist (\(m) (list (sigf (car m)) (value (car m) ord) (integer (cadr m)) (car m))) mains))
  (sort (\(a b)
     (if (!= (car a) (car b)) (precede (car a) (car b)) (precede (cadr a) (cadr b)))) ranked)
  (println (maplist (\(r) (last r)) ranked))
  (setq tot 0)
  (loop e (enum ranked 1) (+= tot (* (car e) (@ (cadr e) 2))))
  tot)
(println (solve_ 'signature order))
(println (solve_ 'joker "J23456789TQKA"))
