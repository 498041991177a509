; an operator of one list combines its elements
(setq bits '(1 2 3))
(println (<< bits) (>> '(64 1 2)) (&~ '(15 2 4)) (| bits) (^ bits))
(setq masks '((255 16) 3))
(&~= (@ masks 1) 1)
(println masks (maybe (<< 3) (\(e) "one element")))
