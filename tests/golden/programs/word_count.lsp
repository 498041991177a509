; Which words are frequent in a text, and how it reads backwards.
(setq text-to-read `the cat saw the dog
and the dog saw
a cat`)

(defun words-of (text)
   (setq words ())
   (loop line (split text "\n")
      (extend words (split line " "))
   )
   words
)

(defun frequencies (words)
   (setq seen {})
   (loop w words (+= (@ seen w) 1))
   seen
)

; The most frequent first, then by the alphabet
(defun ranked (seen)
   (sort
      (\(a b)
         (if (= (@ seen a) (@ seen b))
            (< a b)
            (> (@ seen a) (@ seen b))
         )
      )
      (to_list (keys@ seen))
   )
)

(setq words (words-of text-to-read))
(setq seen (frequencies words))
(loop w (take 3 (ranked seen))
   (println (padding w " " 5) (@ seen w))
)
(println (size words) "words," (size seen) "distinct")
(println (join (reverse (unique words)) " "))
(println (maplist (\(w) (list w (size w))) (filterlist (\(w) (> (size w) 2)) (unique words))))
