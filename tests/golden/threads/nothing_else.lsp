; A thread has copies of its arguments, of the variables of the file, and of what it takes
; out of the store.
(setq numbers '(1 2 3))
(setq mode "main")

(dethread change (items table)
   (push items 4)
   (set@ table "a" (list 9))
   (push (@ table "b") 9)
   (setg mode "thread")
   (push numbers 5)
   (println items table mode numbers))

(setq table {"a":(list 1) "b":(list 2)})
(change numbers table)
(wait)
(println numbers table mode)

(setq kept (list 1 2))
(threadstore "kept" kept)
(push kept 3)
(push (@ (threadretrieve "kept") 0) 4)
(println kept (threadretrieve "kept"))
(println (threadclear "kept") (threadretrieve "kept"))
(println (threadretrieve "nothing") (threadclear "nothing"))
