; Chats with a language model, in four ways: by the library's own loop, token by token
; with and without a cache, and by a threshold on sorted probabilities.
;
; Beside this file: a model in qwen3/model/ and its tokenizer in qwen3/tokenizer/.

(use 'lispe_torch)

(load (+ _current "tokens.lsp"))

(setq model-path (+ _current "qwen3/model/"))
(setq max-tokens 24)

; --- What is shown ----------------------------------------------------------------

(class@ Display (tokens (shown 0) (ids))

   (defun show (id)
      (setqi shown (+ shown 1))
      (setqi ids (integers ids id))
   )

   (defun text ()
      (tokens (decode ids))
   )
)

; Called with each new token, and with what was given as "data"
(defun display (w screen)
   (screen (show . integers w))
)

; --- One way after the other ------------------------------------------------------

(defun chat (prompt)
   (setq screen (Display tok (? ids (integers))))
   (setq ids
      (torch_hf_generate model prompt (tok (stops)) max-tokens
         {"topk":30 "callback":'display "data":screen}
      )
   )
   (println "Streamed all tokens:" (= (@ screen 'ids) ids))
   (screen (text))
)

; The likeliest token, each time from the whole sequence
(defun greedy-from-all (prompt)
   (setq ids (copy prompt))
   (setq new (integers))
   (loopcount max-tokens i
      (setq input (torch_to_mps (tensor_unsqueeze (tensor_create ids) 0)))
      (setq logits (torch_hf_forward model input))
      (setq place (- (@ (tensor_shape logits) 1) 1))
      (setq scores (tensor_select (tensor_select logits 0 0) 0 place))
      (setq id (tensor_item (tensor_argmax scores -1)))
      (push new id)
      (push ids id)
      (check (in (tok (stops)) id) (break))
   )
   new
)

; The same from what is new; the cache remembers the rest
(defun greedy-from-cache (prompt)
   (setq cache (torch_hf_enable_kv_cache model true))
   (setq input (torch_to_mps (torch_unsqueeze (tensor_create prompt) 0)))
   (setq new (integers))
   (loopcount max-tokens i
      (setq logits (torch_hf_forward model input cache))
      (setq place (- (@ (tensor_shape logits) 1) 1))
      (setq scores (tensor_select (tensor_select logits 0 0) 0 place))
      (setq id (tensor_item (tensor_argmax scores -1)))
      (push new id)
      (check (in (tok (stops)) id) (break))
      (setq input (torch_to_mps (tensor_unsqueeze (tensor_create (integers id)) 0)))
   )
   (torch_hf_reset_kv_cache cache)
   new
)

; One of the likelier tokens: those above the value at a place of the sorted scores
(defun sampled (prompt temperature kept)
   (setq cache (torch_hf_enable_kv_cache model true))
   (setq input (torch_to_mps (tensor_unsqueeze (tensor_create prompt) 0)))
   (setq new (integers))
   (loopcount max-tokens i
      (setq logits (torch_hf_forward model input cache))
      (setq place (- (@ (tensor_shape logits) 1) 1))
      (setq scores (tensor_select (tensor_select logits 0 0) 0 place))

      ; what was said last is said again less often
      (check (> (size new) 0)
         (setq last-id (@ new -1))
         (setq lowered (tensor_mul_scalar (tensor_select scores 0 last-id) 0.5))
         (torch_index_put_ scores (integers last-id) lowered)
      )

      (setq scores (torch_div_scalar scores temperature))
      (setq sorted (torch_sort scores true))
      (setq values (@ sorted 0))
      (setq limit (if (< kept (torch_numel values)) kept (torch_numel values)))
      (setq threshold (tensor_select values 0 (- limit 1)))
      (setq masked
         (torch_where (torch_ge scores threshold) scores (torch_full_like scores -1e9))
      )
      (setq probabilities (torch_softmax masked -1))
      (setq id (torch_item (torch_multinomial probabilities 1)))
      (check (not (in (@@ (torch_to_list (@ sorted 1)) 0 limit) id))
         (println "A token that was ruled out:" id)
      )
      (push new id)
      (check (in (tok (stops)) id) (break))
      (setq input (torch_to_mps (torch_unsqueeze (tensor_create (integers id)) 0)))
   )
   new
)

; Draws from all tokens, by their probabilities
(defun drawn (prompt temperature)
   (setq cache (torch_hf_enable_kv_cache model true))
   (setq input (torch_to_mps . tensor_unsqueeze (tensor_create prompt) 0))
   (setq new (integers))
   (loopcount 8 i
      (setq logits (torch_hf_forward model input cache))
      (setq scores (tensor_select logits 1 (- (@ (tensor_shape logits) 1) 1)))
      (setq probabilities (tensor_softmax (tensor_div_scalar scores temperature) -1))
      (setq id (tensor_item . tensor_multinomial probabilities 1))
      (push new id)
      (setq input (torch_to_mps . tensor_unsqueeze (tensor_create (integers id)) 0))
   )
   new
)

; --- The conversation -------------------------------------------------------------

(setq tok (Tokens (+ _current "qwen3/tokenizer/")))
(tok Tokens (init))

(torch_manual_seed 7)
(torch_set_grad_enabled nil)
(setq model (torch_hf_load_model model-path (dictionary "device" "mps")))

(setq questions
   (strings "What is a tensor?"
      `Explain a matrix
in one sentence.`
   )
)

(loop question questions
   (setq prompt (tok (prompt question)))
   (println (fill "=" 70))
   (println question)
   (printerr "Prompt of " (size prompt) " tokens\n")

   (setq milliseconds (elapse (setq answer (chat prompt))))
   (printerrln answer)
   (printerrln "Answered in" (round milliseconds 1) "ms")

   (setq all (greedy-from-all prompt))
   (setq cached (greedy-from-cache prompt))
   (setq library (torch_hf_generate model prompt (tok (stops)) max-tokens {"greedy":true}))
   (println "The cache changes nothing:" (= all cached))
   (println "The library says the same:" (= all library))

   (println "Sampled at most" max-tokens "tokens:" (<= (size (sampled prompt 0.8 20)) max-tokens))
   (println "Drawn:" (size (drawn prompt 1.2)))
)
