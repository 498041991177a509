; Reading, writing and walking dictionaries.
(setq config {"rate":0.5 "steps":(* 2 5) "names":'(a b)})
(println (@ config "rate") (key@ config "none") (get config "none" 3))
(set@ config "rate" 0.1)
(key@ config "mode" 'fast)
(println config (size config))
(loop key config (print key "=" (@ config key) ";"))
(println)
(println (keys@ config) (values@ config))
(pop config "mode")
(println (maybe (@ config "mode") "gone"))
(println (@ {"a":{"b":{"c":42}}} "a" "b" "c"))
(println (dictionaryi 1 "one" 2 "two") (dictionary '(a b) '(1 2)) (dictionarytree "b" 1 "a" 2))

(defun invert-table (d)
   (setq result {})
   (loop k d (set@ result (@ d k) k))
   result
)
(println (invert-table {"x":"1" "y":"2"}))

(defun lookup (table key) (maybe (@ table key) "unknown"))
(println (lookup config "steps") (lookup config "x"))
