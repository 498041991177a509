; Auto-detect best device (MPS/CUDA/CPU)
(setq device (torch_get_best_device))

; Create model and data
(setq model (torch_model 4 64 2))
(setq tensor_data (torch_tensor (floats 1.0 2.0 3.0 4.0)))
(setq targets (torch_tensor (floats 0.5 1.5)))

; Training
(setq optimizer (torch_optimizer model 0.001 "adam"))
(setq output (torch_forward model tensor_data))
(setq loss (torch_mse_loss output targets))
(torch_backward loss)
(torch_optimizer_step optimizer)
