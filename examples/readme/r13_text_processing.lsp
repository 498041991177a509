; Advanced tokenization
(setq tokenizer (torch_simple_tokenizer))
(setq tokens (torch_tokenizer_encode tokenizer "Hello world!"))

; Complete Transformer pipeline
(setq vocab_size (torch_tokenizer_get_vocab_size tokenizer))
(setq embed_dim 128)
(setq seq_length 10)

; Model components
(setq embedding (torch_embedding vocab_size embed_dim))
(setq pos_encoding (torch_positional_encoding embed_dim seq_length))
(setq attention (torch_multihead_attention embed_dim 4))
(setq layer_norm (torch_layer_norm (list embed_dim)))

; Forward pass with positional encoding
(setq embedded (torch_forward embedding tokens))
(setq pos_embedded (torch_positional_encoding_forward pos_encoding embedded))
(setq attention_out (torch_multihead_attention_forward attention pos_embedded))
(setq output (torch_layer_norm_forward layer_norm attention_out))

; Save the complete model
(torch_save_model attention "transformer_model.pt")
