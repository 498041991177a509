; switch compares the printed text; select takes the first true value.
(defun price (item)
   (switch item
      ("apple" 1)
      ("pear"
         (setq base 2)
         (* base 1.5)
      )
      (true 0)
   )
)
(println (price "apple") (price "pear") (price "fig") (price 'apple))

(defun number-name (n)
   (switch n (1 "one") (2 "two") (true (+ "many: " n)))
)
(println (number-name 1) (number-name 2) (number-name 9))
(switch 'go
   (stop (println "standing"))
   (go (println "moving"))
)
(println (maybe (switch 5 (1 'one)) "no case"))

(defun setting (options key default) (select (key@ options key) default))
(println (setting {"rate":3} "rate" 1) (setting {"rate":0} "rate" 1))
(println (select nil 0 "" 7) (select nil (block (setq late 3) late) 4))

; keys that are names of instructions and macros
(defmacro twice (x) (* 2 x))
(defun rule (form)
   (switch (car form)
      (quote (cadr form))
      (if "a choice")
      (lambda (size form) "a function")
      (twice "a macro")
      (setq (setq name (cadr form)) name)
      (true form)))
(println (rule ''a) (rule '(if b)) (rule '(lambda)) (rule '(twice 1)) (rule '(setq c 1)) (rule '(+ 1)))
