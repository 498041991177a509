; Create RoPE for head dimension
(setq rope (torch_rotary_embedding 64 8192))  ; head_dim, max_seq_len

; Generate cos/sin tensors for sequence length
(setq cos_sin (torch_rotary_forward rope 128 "mps"))
(setq cos_tensor (car cos_sin))
(setq sin_tensor (cadr cos_sin))

; Apply RoPE to query and key tensors
(setq query_rope (torch_apply_rotary_pos_emb query cos_tensor sin_tensor))
(setq key_rope (torch_apply_rotary_pos_emb key cos_tensor sin_tensor))

; Use in Multi-Head Attention
(setq attention_out (torch_attention_forward attention query_rope key_rope value))
