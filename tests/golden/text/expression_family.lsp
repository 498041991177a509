; Each function of both notations.
(setq digits (rgx "%d+"))
(println (rgx_match digits "123") (rgx_match digits "12a") (rgx_replace digits "a1b22" "#"))
(setq word (prgx `\w+`))
(println (prgx_find word "ab c1") (prgx_findall word "ab c1"))
(println (prgx_find_i word " ab c1") (prgx_findall_i word " ab c1"))
