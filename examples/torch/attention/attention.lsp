; What a language model looks at: the weights of attention, layer by layer.
;
; Beside this file: a model in qwen3/model/ and its tokenizer in qwen3/tokenizer/.

(use 'lispe_torch)
(use 'lispe_tiktoken)

(setq model-path (+ _current "qwen3/model/"))
(setq content (json_parse (fread (+ _current "qwen3/tokenizer/tokenizer.json"))))
(setq bpe
   (tiktoken_create
      (@ content "model" "vocab")
      (@ content "added_tokens")
      (@ content "pre_tokenizer" "pretokenizers" 0 "pattern" "Regex")
   )
)

(torch_set_grad_enabled nil)
(setq model
   (torch_hf_load_model model-path
      (dictionary "device" (torch_get_best_device) "manual_attention" true)
   )
)
(setq info (torch_hf_model_info model))
(println "Layers:" (@ info "num_hidden_layers") "heads:" (@ info "num_attention_heads"))

(setq text "The king asked the miller")
(setq ids (tiktoken_encode bpe text))
(setq pieces (maplist (\(id) (tiktoken_decode bpe (integers id))) ids))
(setq input (tensor_reshape (tensor_create ids) (integers 1 -1)))

; --- One pass ---------------------------------------------------------------------

(setq logits (torch_hf_forward_manual model input))
(setq fast (torch_hf_forward model input))
(setq error (torch_item (torch_max (torch_abs (torch_sub logits fast)))))
(println "Manual and fast forward agree:" (< error 0.0001))

; The mean weight that the last token gives to each token, over the heads of a layer
(defun looks (layer)
   (setq scores (torch_hf_forward_attention_scores model layer))
   (setq sizes (torch_shape scores))
   (setq last-row (torch_select scores 2 (- (@ sizes 2) 1)))
   (torch_to_list (torch_select (torch_mean_dim last-row 1) 0 0))
)

(defun most-seen (weights)
   (setq best 0)
   (loopcount (size weights) i
      (check (> (@ weights i) (@ weights best)) (setq best i))
   )
   best
)

(println "Recorded layers:" (torch_hf_forward_attention_size model))
(loopcount (torch_hf_forward_attention_size model) layer
   (setq weights (looks layer))
   (println "Layer" layer "sum of weights:" (stringf (sum weights) "%.3f"))
   (printerrln "Layer" layer "looks most at" (@ pieces (most-seen weights)))
)
(torch_hf_clear_attention_scores model)
(println "After clearing:" (torch_hf_forward_attention_size model))

; --- Step by step, with a cache of its own ------------------------------------------

(setq context (torch_hf_enable_kv_cache model true))
(setq sizes ())
(setq next ids)
(loopcount 4 i
   (setq logits (torch_hf_forward_manual model (tensor_unsqueeze (tensor_create next) 0) context))
   (push sizes (@ (torch_shape (torch_hf_forward_attention_scores model 0 context)) 3))
   (setq row (tensor_select (tensor_select logits 0 0) 0 -1))
   (setq next (integers (tensor_item (tensor_argmax row -1))))
   (extend ids next)
)
(println "The last token sees" sizes "tokens")
(setq whole (torch_hf_generate model (@@ ids 0 -4) -1 4 {"greedy":true}))
(println "Generated like that:" (= whole (@@ ids -4 0)))
