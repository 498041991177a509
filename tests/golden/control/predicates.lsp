; Questions about values, in both spellings.
(setq one 1)
(setq none 0)
(println (nullp ()) (null? nil) (nullp 0) (emptyp "") (empty? '(1)) (zerop none) (zero? one))
(println (positivep one) (negativep one) (numberp 1.5) (number? "1") (integerp 1) (floatp 1.5))
(println (stringp "a") (string? 'a) (atomp 'a) (atom? 1) (consp '(1)) (cons? "a") (listp '(1)))
(println (dictionaryp {"a":1}) (containerp '(1)) (cyclicp (llist 1 2)) (cyclic? (llist)))
(println (maybe? (catch (throw "no"))) (not nil) (¬ 3) (!= one 2) (neq 'a 'b) (eq 'a 'a))
