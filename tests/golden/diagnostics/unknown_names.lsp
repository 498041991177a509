(setq counter 1)
(println countr)
(prntln 1)
(torch_modl 1 2 3)
