; Texts are values: what changes one gives the variable the new text.
(setq s "abcdef")
(set@ s 0 "A")
(set@@ s 1 3 "--")
(println s)
(replaceall s "-" "+")
(println s (replaceall s "+" "x"))
(println (filtercar 'vowelp "aeb") (takecar 'vowelp "aeb") (padding "7" "0" -3))
(println (replace "hello" "p!" -2 5) (maybe (replace "abc" "x" 2 1) "out of range"))
