; model_qwen: the class Model
(use 'lispe_torch)

(class@ Model (model_path tok (model_id))
   (defun init(options)
      (setq t (elapse
         (setqi model_id (torch_hf_load_model model_path options))))
      (printerrln "Model loaded in" (round t 1000) "s")
      model_id
   )

   (defun forward(tokens ctx)
      (torch_hf_forward model_id (torch_to_mps (tensor_unsqueeze (tensor_create tokens) 0)) ctx))

   (defun greedy(prompt max_tokens)
      (setq ctx (torch_hf_enable_kv_cache model_id true))
      (setq tokens (copy prompt))
      (setq res (integers))
      (setq current prompt)
      (loopcount max_tokens i
         (setq logits (forward current ctx))
         (setq shape (tensor_shape logits))
         (setq last (tensor_select logits 1 (- (@ shape 1) 1)))
         (setq v (tensor_select last 0 0))
         (setq id (tensor_item (tensor_argmax v -1)))
         (push res id)
         (check (in (tok (stops)) id)
            (break))
         (setq current (integers id))
      )
      (torch_hf_reset_kv_cache ctx)
      res
   )

   (defun full(prompt max_tokens)
      (setq ctx (torch_hf_enable_kv_cache model_id false))
      (setq tokens (clone prompt))
      (setq res (integers))
      (loopcount max_tokens i
         (setq logits (forward tokens ctx))
         (setq id (tensor_item (tensor_argmax (tensor_select (tensor_select logits 0 0) 0 -1) -1)))
         (push res id)
         (push tokens id)
         (check (in (tok (stops)) id) (break))
      )
      res
   )

   (defun sample(prompt max_tokens temperature)
      (setq ctx (torch_hf_enable_kv_cache model_id true))
      (setq input (torch_to_mps (torch_unsqueeze (tensor_create prompt) 0)))
      (setq out (integers))
      (loopcount max_tokens i
         (setq logits (torch_hf_forward model_id input ctx))
         (setq last (tensor_select logits 1 (- (@ (tensor_shape logits) 1) 1)))
         (setq probs (tensor_softmax (tensor_div_scalar last temperature) -1))
         (setq nxt (tensor_multinomial probs 1))
         (setq id (tensor_item nxt))
         (check (or (= id (@ tok 'eos_id)) (= id (@ tok 'eot_id)))
            (break))
         (push out id)
         (printerr (tok (decode . integers id)))
         (setq input (torch_to_mps (torch_unsqueeze (tensor_create (integers id)) 0)))
      )
      (printerrln)
      out
   )

   (defun generate(prompt max_tokens)
      (torch_hf_generate model_id prompt (integers (@ tok 'eos_id) (@ tok 'eot_id)) max_tokens
         (dictionary "topk" 30 "callback" 'display "data" tok))
   )
)

(defun display(w tok)
   (print (tok (decode . integers w)))
)
