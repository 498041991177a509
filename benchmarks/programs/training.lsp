; The training step of the README's quick start, as a function.
(use 'lispe_torch)

(setq model (torch_model 4 64 2))
(setq tensor_data (torch_tensor (floats 1.0 2.0 3.0 4.0)))
(setq targets (torch_tensor (floats 0.5 1.5)))
(setq optimizer (torch_optimizer model 0.001 "adam"))

(defun step ()
   (torch_optimizer_zero_grad optimizer)
   (setq output (torch_forward model tensor_data))
   (setq loss (torch_mse_loss output targets))
   (torch_backward loss)
   (torch_optimizer_step optimizer))

; The same on whatever it is given, called only through a value.
(defun any_step (network inputs wanted stepper)
   (torch_optimizer_zero_grad stepper)
   (setq output (torch_forward network inputs))
   (setq loss (torch_mse_loss output wanted))
   (torch_backward loss)
   (torch_optimizer_step stepper))

(setq by_value (list any_step))
