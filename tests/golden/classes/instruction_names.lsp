; fields whose names are instructions, too: what is called decides
(class@ Node (value (left) (right))
  (defun insert_value (v)
     (if (< v value)
         (if (nullp left) (setqi left (Node v)) (left (insert_value v)))
         (if (nullp right) (setqi right (Node v)) (right (insert_value v)))))
  (defun walk ()
     (+ (if left (left (walk)) "") (left "ab" 1) value (if right (right (walk)) ""))))
(setq tree (Node 5))
(loop v '(3 8 1) (tree (insert_value v)))
(println (tree (walk)))

; the class may be named before the method
(setq tokenizer (Node 7))
(println (tokenizer (walk)) (tokenizer Node (walk)))
