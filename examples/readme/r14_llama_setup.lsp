; Llama-3.1 configuration
(setq llama_config (dictionary
    "vocab_size" 128256
    "embed_dim" 4096  
    "num_heads" 32
    "max_seq_length" 8192
))

; Advanced tokenizer (SentencePiece when available)
(setq tokenizer (torch_sentencepiece_tokenizer "llama3_tokenizer.model"))

; Transformer architecture
(setq transformer (torch_transformer_block 
    (get llama_config "embed_dim")
    (get llama_config "num_heads") 
    11008))  ; Llama FF dimension

; Ready for LoRA fine-tuning! ğŸš€
