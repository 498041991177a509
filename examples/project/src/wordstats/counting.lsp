; How often each word of a text stands in it.
(defun count_words (text)
   (setq counts (dictionary))
   (loop word (split (lower text) " ")
      (set@ counts word (+ 1 (get counts word 0))))
   counts)
