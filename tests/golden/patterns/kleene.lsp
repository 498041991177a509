; Up to what follows, and as long as a condition holds.
(defpat inside (["[" a* "]" $ r]) (println a r))
(inside '("[" a b c "]" i j))
(inside '("[" "]"))

(defpat low ([(< x 10)+ $ rest]) (println x rest))
(low '(5 8 12 3))

(defpat marked ([">" (< a 31)+ $ r]) (println a r))
(marked '(">" 1 2 40 50))

(defpat optional ([a% "x" $ r]) (println a r))
(optional '("x" 1))
(optional '(2 "x" 1))

(defpat all ([x a*]) (list x a))
(println (all '(1)) (all '(1 2 3)))

; A tokenizer.
(defpat tokens ([]) ())
(defpat tokens ([" " $ rest]) (tokens rest))
(defpat tokens ([(digitp d)+ $ rest]) (cons (integer (join d "")) (tokens rest)))
(defpat tokens ([(alphap a)+ $ rest]) (cons (join a "") (tokens rest)))
(defpat tokens ([c $ rest]) (cons c (tokens rest)))
(println (tokens (split "12 + abc*(3+x)" "")))

; atoms and lists end what is repeated, as texts do
(defpat between ([a* 'you b* 'me $ r]) (list a b r))
(defpat between ([a+ '(x y) b%  'z]) (list a b))
(defpat between (_) 'neither)
(println (between '(do you like me or him)) (between '(you me)) (between '(1 2 (x y) 3 z)) (between '((x y) z)))
