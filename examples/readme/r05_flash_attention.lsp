; Create Flash Attention module
(setq flash_attn (torch_flash_attention_create 256 8 0.1 true))
; Parameters: embed_dim=256, num_heads=8, dropout=0.1, bias=true

; Create input tensors
(setq query (torch_zeros (integers 2 32 256)))   ; [batch, seq_len, embed_dim]
(setq thekey (torch_zeros (integers 2 32 256)))
(setq thevalue (torch_ones (integers 2 32 256)))

; Standard forward pass
(setq output (torch_flash_attention_forward flash_attn query thekey thevalue))

; With attention mask
(setq attention_mask (torch_ones (integers 2 8 32 32)))
(setq masked_output (torch_flash_attention_with_mask flash_attn query thekey thevalue attention_mask))

; With custom dropout
(setq dropout_output (torch_flash_attention_with_dropout flash_attn query thekey thevalue 0.2 true))

; Direct native attention (PyTorch 2.0+)
(setq direct_output (torch_scaled_dot_product_attention query thekey thevalue nil 0.0 false))
