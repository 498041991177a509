; Pattern functions for the speed of what they compile to.

(defpat fib (0) 0)
(defpat fib (1) 1)
(defpat fib (n) (+ (fib (- n 1)) (fib (- n 2))))

(defpat length_of ([]) 0)
(defpat length_of ([a $ b]) (+ 1 (length_of b)))

(defpat worth ([integer_ n]) n)
(defpat worth (['plus a b]) (+ (worth a) (worth b)))
(defpat worth (['minus a b]) (- (worth a) (worth b)))
(defpat worth (['times a b]) (* (worth a) (worth b)))
(defpat worth (['negative a]) (- 0 (worth a)))

(defun expression (depth)
   (if (= depth 0)
      3
      (list
         (@ '(plus minus times) (% depth 3))
         (expression (- depth 1))
         (list 'negative (expression (- depth 1))))))

(data@ Term [Constant integer_] [Sum _ _] [Product _ _] [Negated _])
(defpat result ([Constant n]) n)
(defpat result ([Sum a b]) (+ (result a) (result b)))
(defpat result ([Product a b]) (* (result a) (result b)))
(defpat result ([Negated a]) (- 0 (result a)))

(defun term (depth)
   (cond
      ((= depth 0) (Constant 3))
      ((= (% depth 2) 0) (Product (Negated (term (- depth 1))) (Constant 1)))
      (true (Sum (term (- depth 1)) (term (- depth 1))))))

(setq numbers (iota 400))
(setq formula (expression 9))
(println (fib 10) (length_of (to_list numbers)) (worth formula))
(println (result (term 16)))
