; The generator needs a model; the smallest that will do.
(setq model (torch_model 8 32 64))
