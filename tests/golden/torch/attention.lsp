; A transformer step on random ids, checked for its shape.
(setq batch 2)
(setq seq_len 5)
(setq embed_dim 16)
(setq embedding (torch_embedding 50 embed_dim))
(setq layer (torch_transformer_block embed_dim 4 32))
(setq ids (torch_randint 0 50 (list batch seq_len)))

; From ids to vectors and through the block
(defun encode (token_ids)
   (torch_transformer_forward layer (torch_forward embedding token_ids))
)
(println (torch_shape (encode ids)))

(setq scores (torch_matmul (encode ids) (torch_transpose (encode ids) 1 2)))
(println (torch_shape (torch_softmax scores -1)))
(println (torch_shape (@@ scores 0 1)))
