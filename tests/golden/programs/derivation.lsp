#!/usr/local/bin/lispe
; symbolic derivation and simplification with defpat
(defpat deriv (['+ x y] v) (list '+ (deriv x v) (deriv y v)))
(defpat deriv (['- x y] v) (list '- (deriv x v) (deriv y v)))
(defpat deriv (['* x y] v)
   (list '+ (list '* (deriv x v) y) (list '* x (deriv y v))))
(defpat deriv (['expo x [integer_ n]] v)
   (list '* n (list '* (list 'expo x (- n 1)) (deriv x v))))
(defpat deriv ([integer_ n] v) 0)
(defpat deriv ([atom_ a] v) (if (eq a v) 1 0))

(defpat simp (['+ 0 x]) (simp x))
(defpat simp (['+ x 0]) (simp x))
(defpat simp (['* 0 _]) 0)
(defpat simp (['* _ 0]) 0)
(defpat simp (['* 1 x]) (simp x))
(defpat simp (['* x 1]) (simp x))
(defpat simp (['expo x 1]) (simp x))
(defpat simp (['+ [integer_ a] [integer_ b]]) (+ a b))
(defpat simp (['* [integer_ a] [integer_ b]]) (* a b))
(defpat simp ([op x y]) 
   (block
      (setq sx (simp x))
      (setq sy (simp y))
      (if (and (= sx x) (= sy y))
         (list op x y)
         (simp (list op sx sy)))))
(defpat simp (x) x)

(setq tests '((+ x 3) (* x x) (expo x 3) (+ (* 2 x) (* x y)) (- x x)))
(loop t tests
   (println t "=>" (simp (deriv t 'x))))
