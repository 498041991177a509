; The model that is quantized at the end.
(setq my_model (torch_model 4 8 2))
