; Functions on texts.
(setq line "  The quick  brown fox ")
(println (upper line) (lower "ABC") (trim line) (size line))
(println (split line " ") (splite "a,,b" ",") (split "abc" ""))
(println (@ line 2) (@ line -2) (left "hello" 2) (middle "hello" 1 3))
(println (extract "/home/toto/name.txt" -"/" -) (extract "key=value" "=" -) (@@ "12345" 1 -1))
(println (find line "quick") (find line "slow") (in line "fox") (count "banana" "an"))
(println (replace line "quick" "slow") (join '("a" "b") ", ") (fill "ab" 2) (reverse "abc"))

(defun initials (name)
   (setq result "")
   (loop word (split name " ") (+= result (@ word 0)))
   result
)
(println (initials "Ada King Lovelace"))

(defun shout (words) (join (maplist 'upper words) "! "))
(println (shout '("hey" "you")))
(loop c "abc" (print c "."))
(println)
