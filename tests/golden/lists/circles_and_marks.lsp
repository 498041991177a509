; Lists that run into themselves.
(setq ring (llist 10 20 30))
(extend ring ring)
(println ring (cyclicp ring) (cyclicp (llist 1 2)))
(loopcount 2 (setq ring (cdr ring)) (print (car ring) " "))
(println)
(println '(a . b) (cdr '(a . b)) (cons 1 2))

(setq a (list 1 2))
(setq b (list 10))
(push a b)
(push b a)
(println a b)

; A mark says where a walk has been.
(defun visit (l)
   (ife (mark l) (println "seen before")
      (mark l true)
      (loop x l (if (consp x) (visit x) (println x)))
      (mark l nil))
)
(visit a)
