; Fine-tunes a language model with LoRA on lines of text.
(setq path (+ _current "model"))
(setq tokenizer (tiktoken_create path))

(torch_hf_load_model_lora "adapted" path {"device":(torch_get_best_device)})
(torch_hf_lora_init "adapted" 8 16.0 (strings "q_proj" "v_proj"))
(setq adapters (torch_hf_lora_get_parameters "adapted"))
(setq optimizer (torch_optimizer adapters 0.01 "adamw"))

(setq lines
   (list
      "The sea is calm tonight."
      "The tide is full, the moon lies fair."
   ))

; The loss of guessing each token of a text from those before it.
(defun text-loss (text)
   (setq ids (tiktoken_encode tokenizer text))
   (setq logits (torch_squeeze (torch_hf_forward "adapted" (@@ ids 0 -1)) 0))
   (torch_cross_entropy logits (torch_tensor (@@ ids 1 0))))

(defun train-epoch ()
   (setq total 0.0)
   (loop line lines
      (torch_optimizer_zero_grad optimizer)
      (setq loss (text-loss line))
      (torch_backward loss)
      (torch_optimizer_step optimizer)
      (+= total (torch_item loss)))
   (/ total (size lines)))

(setq first-loss (train-epoch))
(loopcount 20 (setq last-loss (train-epoch)))
(println "the loss fell:" (< last-loss first-loss))
(println "saved:" (torch_hf_lora_save "adapted" (+ _current "adapters.pt")))
