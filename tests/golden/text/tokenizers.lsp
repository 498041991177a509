; Cutting texts by rules.
(println (segment "It costs 10.5 euros, really?") (segment "10,5" 1))
(println (segment_e "a b"))

(setq lexer (tokenizer))
(println (tokenize lexer "(f 12 \"text\")"))

; Rules of our own: what is tried first stands first.
(set_tokenizer_rules lexer '("%S+=#" "%d+=1" "%a+=2" "%o=3"))
(println (tokenize lexer "let x = 12 + y" true))
(println (get_tokenizer_rules lexer))
(println (indent "(defun f (x)\n(if x\n1))" true))
