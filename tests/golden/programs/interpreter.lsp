; a mini lisp interpreter in LispE (meta-circular), old fashioned
(defun lookup (v env)
   (cond
      ((nullp env) (throw (+ "unbound: " (string v))))
      ((eq (caar env) v) (cadar env))
      (true (lookup v (cdr env)))))

(defun evlis (l env) (if (nullp l) () (cons (my-eval (car l) env) (evlis (cdr l) env))))
(defun pairs (a b) (if (nullp a) () (cons (list (car a) (car b)) (pairs (cdr a) (cdr b)))))

(defun evcond (c env)
   (cond ((nullp c) nil)
         ((my-eval (caar c) env) (my-eval (cadar c) env))
         (true (evcond (cdr c) env))))

(defun my-apply (f args env)
   (cond
      ((atomp f)
         (cond
            ((eq f 'first) (caar args))
            ((eq f 'rest) (cdar args))
            ((eq f 'kons) (cons (car args) (cadr args)))
            ((eq f 'same) (eq (car args) (cadr args)))
            ((eq f 'nil?) (nullp (car args)))
            ((eq f 'plus) (+ (car args) (cadr args)))
            ((eq f 'times) (* (car args) (cadr args)))
            ((eq f 'minus) (- (car args) (cadr args)))
            (true (my-apply (my-eval f env) args env))))
      ((eq (car f) 'fn) (my-eval (caddr f) (nconcn (pairs (cadr f) args) env)))
      ((eq (car f) 'rec) (my-apply (caddr f) args (cons (list (cadr f) (caddr f)) env)))
   ))

(defun my-eval (e env)
   (cond
      ((numberp e) e)
      ((stringp e) e)
      ((eq e 'tt) true)
      ((atomp e) (lookup e env))
      ((eq (car e) 'quot) (cadr e))
      ((eq (car e) 'choose) (evcond (cdr e) env))
      ((eq (car e) 'fn) e)
      ((eq (car e) 'rec) e)
      (true (my-apply (car e) (evlis (cdr e) env) env))))

(setq fact '(rec fac (fn (n) (choose ((same n 0) 1) (tt (times n (fac (minus n 1))))))))
(println (my-eval (list fact 10) ()))
(println (my-eval '((fn (x y) (kons x (kons y (quot ())))) 1 (plus 2 3)) ()))
(println (my-eval '((rec app (fn (a b) (choose ((nil? a) b) (tt (kons (first a) (app (rest a) b)))))) (quot (1 2)) (quot (3 4))) ()))
(println (maybe (my-eval '(plus x 1) ()) (\(e) (car (split e ",")))))
