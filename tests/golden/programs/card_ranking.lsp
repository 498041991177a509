; camel cards: ranking hands with a lambda
(setq input_ "32T3K 765
T55J5 684
KK677 28
KTJJT 220
QQQJA 483")
(setq order "23456789TJQKA")
(defun counts (hand)
   (setq d {})
   (loop c hand (+= (@ d c) 1))
   (sort '> (values@ d)))
(defun kind (hand)
   (setq c (counts hand))
   (cond
      ((= c '(5)) 6) ((= c '(4 1)) 5) ((= c '(3 2)) 4) ((= c '(3 1 1)) 3)
      ((= c '(2 2 1)) 2) ((= (car c) 2) 1) (true 0)))
(defun ranks (hand) (maplist (\(c) (find order c)) hand))
(defun lower_ (a b)
   (setq ka (kind a)) (setq kb (kind b))
   (if (!= ka kb) (return (< ka kb)))
   (lloop (x y) (ranks a) (ranks b)
      (if (!= x y) (return (< x y))))
   nil)
(setq hands (maplist '(split _ " ") (split input_ "\n")))
(sort (\(a b) (lower_ (car a) (car b))) hands)
(setq total 0)
(loop e (enum hands 1)
   (println (car e) (cadr e) (kind (caadr e)))
   (+= total (* (car e) (integer (cadadr e)))))
(println total)
