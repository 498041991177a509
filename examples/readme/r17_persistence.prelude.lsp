; What is saved and loaded.
(setq my_model (torch_model 4 8 2))
(setq model (torch_model 4 8 2))
(setq optimizer (torch_optimizer model 0.001 "adam"))
(setq epoch 3)
