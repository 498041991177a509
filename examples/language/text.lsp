; Text: taking apart, putting together, asking, formatting.

(setq line "  LispE compiles to Python  ")
(setq words (split (trim line) " "))
(println words (size words))
(println (join words "+") (upper (@ words 0)) (lower "ÉTÉ"))

; Parts of a text, by position or by what stands around them
(println (left "hello" 2) (right "hello" 3) (@@ "hello" 1 3))
(println (extract "/home/ann/notes.txt" -"/" -))

(println (replace "a-b-c" "-" "/") (reverse "abc" true) (fill "=" 5))
(println (format "%1 costs %2" "tea" 3) (stringf 3.14159 "%.2f"))
(setq word "hello")
(println (startwith "notes.txt" "notes") (endwith "notes.txt" ".md") (in word "ell"))
(println (+ "n = " 42) (ord "A") (chr 233) (size "été"))

; Is it the same from both ends?
(defun palindrome? (s)
   (setq letters (filterlist '(alphap _) (lower s)))
   (= letters (reverse letters true))
)
(println (palindrome? "Never odd or even") (palindrome? "LispE"))
