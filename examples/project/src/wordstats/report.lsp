(load "counting.lsp")

; One line for each word, in the order of the alphabet.
(defun lines (text)
   (setq counts (count_words text))
   (maplist (\(word) (+ word ": " (string (@ counts word)))) (sort '< (keys counts))))

; Reads a line and prints its words.
(defun main ()
   (loop line (lines (input))
      (println line)))
