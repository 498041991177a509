; Methods that call each other last do not grow the stack: on `this`, on other objects,
; through functions, by patterns, and where a child defines one of them anew.
(class@ parity (steps)
   (defun even? (n) (if (= n 0) true (odd? (- n 1))))
   (defun odd? (n) (setqi steps (+ steps 1)) (if (= n 0) nil (even? (- n 1))))
)
(setq p (parity 0))
(println (p (even? 20001)) (p (odd? 20001)) p)

; Two objects play a ball to one another
(class@ player (name other)
   (defun meet (someone) (setqi other someone))
   (defun ping (n) (if (= n 0) name (other (pong (- n 1)))))
   (defun pong (n) (if (= n 0) (+ name "!") (other (ping (- n 1)))))
)
(setq ann (player "Ann" nil))
(setq bob (player "Bob" ann))
(ann (meet bob))
(println (ann (ping 20000)) (ann (ping 20001)))

; A function and a method in turn
(class@ counter (ups)
   (defun up (n) (setqi ups (+ ups 1)) (count-on (this) n))
)
(defun count-on (c n) (if (= n 0) c (c (up (- n 1)))))
(println (count-on (counter 0) 20000))

; A child's version takes part, and calls its parent's
(class@ walker (path)
   (defun left (n) (if (= n 0) (size path) (right (- n 1))))
   (defun right (n) (push path n) (left (- n 1)))
)
(class@ runner () (from@ walker)
   (defun right (n) (if (% n 2) (from@ walker (right n)) (left (- n 1))))
)
(setq r (runner ()))
(println (r (left 30000)))

; A method calls itself last: a loop, unless a child has another version
(class@ gauss ()
   (defun sum-to (n total) (if (= n 0) total (sum-to (- n 1) (+ total n))))
   (defpat size-of ([] n) n)
   (defpat size-of ([_ $ rest] n) (size-of rest (+ n 1)))
)
(class@ odd-gauss () (from@ gauss)
   (defun sum-to (n total) (if (< n 1) total (sum-to (- n 2) (+ total n))))
)
(setq g (gauss))
(setq o (odd-gauss))
(println (g (sum-to 20000 0)) (o (sum-to 19999 0)) (g (size-of (iota 10) 0)))

; Pattern methods
(class@ automaton (seen)
   (defpat in-word ([]) seen)
   (defpat in-word ([" " $ rest]) (between rest))
   (defpat in-word ([_ $ rest]) (in-word rest))
   (defpat between ([]) seen)
   (defpat between ([" " $ rest]) (between rest))
   (defpat between ([c $ rest]) (setqi seen (+ seen c)) (in-word rest))
)
(setq a (automaton ""))
(println (size (a (between (split (fill "ab " 2000) "")))))

; What leads from link to link is a loop
(class@ link-of (value next)
   (defun last-value () (if next (next (last-value)) value))
)
(println ((link-of 1 (link-of 2 nil)) (last-value)))
