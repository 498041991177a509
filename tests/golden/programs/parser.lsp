;; tokenizer with Kleene patterns, and a recursive descent parser
(defpat tok ([]) ())
(defpat tok ([" " $ r]) (tok r))
(defpat tok ([(digitp d)+ $ r]) (cons (integer (join d "")) (tok r)))
(defpat tok ([(alphap a)+ $ r]) (cons (atom (join a "")) (tok r)))
(defpat tok ([c $ r]) (cons c (tok r)))

(setq tokens ())
(defun peek () (if (nullp tokens) nil (car tokens)))
(defun next () (setq t (car tokens)) (setg tokens (cdr tokens)) t)

(defun factor ()
   (setq t (next))
   (cond
      ((= t "(") (setq e (expr)) (next) e)
      ((= t "-") (list '- 0 (factor)))
      (true t)))

(defun term ()
   (setq left (factor))
   (while (in '("*" "/") (peek))
      (setq op (next))
      (setq left (list (atom op) left (factor))))
   left)

(defun expr ()
   (setq left (term))
   (while (in '("+" "-") (peek))
      (setq op (next))
      (setq left (list (atom op) left (term))))
   left)

(defun parse (s)
   (setg tokens (tok (split s "")))
   (expr))

(setq x 5)
(loop s '("1 + 2 * 3" "(1+2)*3" "10 - 4 - 3" "-x * (2 + 12)" "100/7")
   (setq tree (parse s))
   (println s "->" tree "=" (eval tree)))
