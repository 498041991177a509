; Save trained models
(torch_save_model my_model "transformer.pt")

; Load pre-trained models  
(torch_load_model "transformer.pt" my_model)

; Extract model parameters
(setq state_dict (torch_state_dict my_model))

; Training checkpoints
(torch_save_checkpoint model optimizer epoch "checkpoint.pt")
(setq checkpoint (torch_load_checkpoint "checkpoint.pt"))
