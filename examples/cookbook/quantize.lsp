; Keeps the weights of a model in 8 bits, and measures what that costs.
(torch_manual_seed 7)
(setq model (torch_model 64 128 10))
(setq small (torch_model_quantize_dynamic model))

(setq x (torch_randn (integers 32 64)))
(setq exact (torch_forward model x))
(setq error (torch_abs (torch_sub exact (torch_forward small x))))
(setq share (/ (torch_item (torch_mean error)) (torch_item (torch_mean (torch_abs exact)))))
(println "the answers differ by less than 5 %:" (< share 0.05))
