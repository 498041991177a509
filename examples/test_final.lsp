; The README's pipeline in one run. A line is printed only after the values behind it
; were computed and found to be right; otherwise the script stops with an error.

(use 'lispe_torch)

(defun verify (fact claim)
   (if fact
      true
      (throw (+ "this should hold: " claim))
   )
)

; The largest difference between two tensors
(defun distance (a b)
   (torch_item (torch_max (torch_abs (torch_sub a b))))
)

; Tokenization: words and signs become numbers, between <bos> and <eos>.
(setq sentences (list "Hello world!" "The quick brown fox, the lazy dog."))
(setq tokenizer (torch_simple_tokenizer))
(setq sequences
   (maplist (\(sentence) (torch_tokenizer_encode tokenizer sentence)) sentences)
)
(setq vocab_size (torch_tokenizer_get_vocab_size tokenizer))
(verify (= vocab_size 15) "4 special tokens and 11 different words and signs")
(verify
   (= (torch_tokenizer_decode tokenizer (car sequences)) "hello world!")
   "decoding gives the text back"
)
(println "✅ TOKENIZATION: SimpleTokenizer operational")

; Embedding: one vector for each token, the same for equal tokens.
(setq embed_dim 64)
(setq embedding (torch_embedding vocab_size embed_dim))
(setq embedded (torch_forward embedding (cadr sequences)))
(verify (= (torch_shape embedded) (integers 11 64)) "a vector of 64 numbers a token")
(verify
   (= (distance (torch_select embedded 0 1) (torch_select embedded 0 6)) 0)
   "both `the` have one vector"
)
(println "✅ EMBEDDING: Token → vector conversion")

; Sequence processing: one batch, and a mask that tells tokens from padding.
(setq batch (torch_pad_sequences sequences 12))
(setq mask (torch_attention_mask batch))
(verify (= (torch_shape batch) (integers 2 12)) "both sequences have 12 places")
(verify (= (torch_item (torch_sum mask)) 16) "5 and 11 places hold tokens")
(println "✅ SEQUENCE PROCESSING: Padding + attention masks")

; Transformer: with its mask, padding changes nothing for the tokens.
(setq attention (torch_multihead_attention embed_dim 4))
(setq vectors (torch_forward embedding batch))
(setq attended (torch_multihead_attention_forward attention vectors mask))
(setq alone
   (torch_multihead_attention_forward
      attention
      (torch_forward embedding (car sequences))
   )
)
(verify (= (torch_shape attended) (integers 2 12 64)) "attention keeps the shape")
(verify
   (< (distance (torch_slice (torch_select attended 0 0) 0 0 5) alone) 1e-5)
   "padding has no influence"
)
(println "✅ TRANSFORMER: Multi-Head Attention (4 heads)")

; The rest of the framework: rotary positions, adapters, training, generation.
(setq rope (torch_rotary_embedding 16 128))
(setq tables (torch_rotary_forward rope 12))
(setq rotated (torch_apply_rotary_pos_emb vectors (car tables) (cadr tables)))
(verify
   (< (distance (torch_norm rotated) (torch_norm vectors)) 1e-2)
   "rotating keeps the length"
)

(setq base (torch_linear embed_dim vocab_size))
(setq adapted (torch_lora_apply_to_linear base 4 8.0))
(verify
   (= (distance (torch_lora_forward adapted vectors) (torch_forward base vectors)) 0)
   "a fresh adapter changes nothing"
)

(setq model (torch_model 4 32 vocab_size))
(setq optimizer (torch_optimizer model 0.01 "adam"))
(setq context (torch_tensor (floats 2 7 8 9)))
(setq target (torch_tensor (integers 10)))

(defun step ()
   (torch_optimizer_zero_grad optimizer)
   (setq logits (torch_reshape (torch_forward model context) (list 1 vocab_size)))
   (setq loss (torch_cross_entropy logits target))
   (torch_backward loss)
   (torch_optimizer_step optimizer)
   (torch_item loss)
)

(setq losses (list))
(loopcount 60 i
   (push losses (step))
)
(verify (< (last losses) (* 0.1 (car losses))) "the loss falls to a tenth")

(setq generator (torch_generator_create model "cpu"))
(torch_generator_config generator {"max_length":1 "strategy":"greedy"})
(setq continued (torch_generate generator (torch_tensor (integers 2 7 8 9)) "greedy"))
(verify (= (at continued -1) 10) "the model continues as it was trained")
(println "🚀 READY FOR LLAMA-3.1: Complete framework")
