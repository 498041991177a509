; A type checker and evaluator for a small lambda calculus
(data@ Type [TInt] [TBool] [TFun Type Type])
(data@ Expr
   [Lit integer_]
   [Flag _]
   [Var atom_]
   [Lam atom_ Type Expr]
   [App Expr Expr]
   [Add Expr Expr]
   [Less Expr Expr]
   [Cond Expr Expr Expr]
)

(defpat same ([TInt] [TInt]) true)
(defpat same ([TBool] [TBool]) true)
(defpat same ([TFun a b] [TFun c d]) (and (same a c) (same b d)))
(defpat same (_ _) nil)

(defpat show ([TInt]) "int")
(defpat show ([TBool]) "bool")
(defpat show ([TFun [TFun a b] c]) (+ "(" (show (TFun a b)) ") -> " (show c)))
(defpat show ([TFun a b]) (+ (show a) " -> " (show b)))

(defun lookup (x env)
   (loop pair env (check (= (car pair) x) (return (cadr pair))))
   (throw (+ "unbound variable " (string x))))

(defpat typeof ([Lit _] env) (TInt))
(defpat typeof ([Flag _] env) (TBool))
(defpat typeof ([Var x] env) (lookup x env))
(defpat typeof ([Lam x t body] env)
   (TFun t (typeof body (cons (list x t) env))))
(defpat typeof ([App f a] env)
   (setq ft (typeof f env))
   (setq arg (typeof a env))
   (apply_type ft arg))
(defpat typeof ([Add a b] env)
   (ncheck (and (same (typeof a env) (TInt)) (same (typeof b env) (TInt)))
      (throw "add wants integers")
      (TInt)))
(defpat typeof ([Less a b] env)
   (if (and (same (typeof a env) (TInt)) (same (typeof b env) (TInt)))
      (TBool)
      (throw "less wants integers")))
(defpat typeof ([Cond c a b] env)
   (check (not (same (typeof c env) (TBool))) (throw "test must be bool"))
   (setq ta (typeof a env))
   (if (same ta (typeof b env)) ta (throw "branches differ")))

(defpat apply_type ([TFun a b] a2)
   (if (same a a2) b (throw (+ "argument is " (show a2) ", expected " (show a)))))
(defpat apply_type (t _) (throw (+ (show t) " is not a function")))

(defpat run ([Lit n] _) n)
(defpat run ([Flag b] _) b)
(defpat run ([Var x] env) (lookup x env))
(defpat run ([Lam x _ body] env) (list 'closure x body env))
(defpat run ([App f a] env) (call (run f env) (run a env)))
(defpat run ([Add a b] env) (+ (run a env) (run b env)))
(defpat run ([Less a b] env) (< (run a env) (run b env)))
(defpat run ([Cond c a b] env) (if (run c env) (run a env) (run b env)))

(defpat call (['closure x body env] v) (run body (cons (list x v) env)))

(defun report (label e)
   (setq t (maybe (typeof e ()) (\(err) (car (split err ", line:")))))
   (if (= (type t) 'data_)
      (println label ":" (show t) "=" (run e ()))
      (println label "error:" t)))

(report "literal" (Lit 3))
(report "sum" (Add (Lit 3) (Lit 4)))
(report "apply" (App (Lam 'x (TInt) (Add (Var 'x) (Lit 1))) (Lit 41)))
(report "cond" (Cond (Less (Lit 1) (Lit 2)) (Lit 10) (Lit 20)))
(report "bad" (Add (Lit 3) (Flag true)))
(report "bad apply" (App (Lit 1) (Lit 2)))
(report "bad argument" (App (Lam 'x (TBool) (Var 'x)) (Lit 2)))
(report "free" (Var 'y))
(println (show (typeof (Lam 'f (TFun (TInt) (TBool)) (App (Var 'f) (Lit 1))) ())))
(println (Lam 'x (TInt) (Var 'x)))
(println (maybe (Lit "a") (\(e) (in e "Mismatch on argument: 1 (integer_ required)"))))
