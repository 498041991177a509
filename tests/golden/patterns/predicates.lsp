; Every form of the body is a test.
(defpred below ([]) true)
(defpred below ([a $ b]) (< a 10) (println a) (below b))
(defpred below (l) (println "We stop" l))
(below '(1 2 11 12 13))

; All rules that succeed give a value; the cut ends the search.
(defprol test (a b) (< a b) (+ a b))
(defprol test (a b) (= (- b a) 2) cut_ (* a b))
(defprol test (a b) (< (+ a b) 100) (- b a))
(println (test 10 12) (test 10 14) (test 60 50))

; What a rule did to its arguments is undone for the next one.
(defpred filled (l) (push l 0) (> (size l) 3) l)
(defpred filled (l) (push l 1) l)
(println (filled '(1 2)) (filled '(1 2 3)))

; The last rule fails: an error; no rule matches: nil.
(defpred positive ([integer_ x]) (> x 0) "yes")
(println (positive 3) (positive "three") (maybe (positive -3) "failed"))

(defprol parent ('ann) 'bob)
(defprol parent ('ann) 'carol)
(defprol parent ('bob) 'dave)
(defprol grandparent (x) (mapcar 'parent (parent x)))
(println (parent 'ann) (grandparent 'ann) (parent 'dave))
