; Create a LoRA-adapted linear layer
(setq lora_layer (torch_lora_linear 4096 4096 16 32.0))
; Parameters: in_features, out_features, rank, alpha

; Apply LoRA to existing layers
(setq base_linear (torch_linear 512 256))
(setq lora_adapted (torch_lora_apply_to_linear base_linear 8 16.0))

; Forward pass with LoRA
(setq tensor_input (torch_ones (integers 32 512)))
(setq output (torch_lora_forward lora_adapted tensor_input))

; Save only the LoRA adapters (much smaller!)
(torch_lora_save_adapters lora_adapted "llama_lora_adapters.pt")

; Load adapters for inference  
(setq new_model (torch_lora_linear 512 256 8 16.0))
(torch_lora_load_adapters new_model "llama_lora_adapters.pt")

; Merge weights for deployment (no overhead)
(torch_lora_merge_weights lora_adapted)
