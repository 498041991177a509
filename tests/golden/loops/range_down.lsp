; A range runs towards its end, whatever the sign of the step.
(setq low 1)
(loop i (range 4 low 1) (println i))
(loop i (rangein 3 low 1) (println i))
(loop i (range low low 1) (println "never" i))
(loop i (rangein low 3 -1) (println i))
(setq zero 0)
(println (maybe (loop i (range 1 5 zero) i) (\(e) "no step")))
