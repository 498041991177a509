; Direct preference optimization: of two answers, the chosen one becomes more likely than
; the rejected one, compared with a frozen copy of the model.
;
; Beside this file: llama3.1-8B/model/, llama3.1-8B/tokenizer/ and preferences.json, a list
; of {"prompt", "chosen", "rejected"}. Adapters of an earlier fine-tuning are taken from
; sft_adapters/ when there are any.
;
; Source: Rafailov et al. 2023, "Direct Preference Optimization", arXiv:2305.18290.

(use 'lispe_torch)
(use 'lispe_tiktoken)

(setq model-path (+ _current "llama3.1-8B/model/"))
(setq tokenizer-path (+ _current "llama3.1-8B/tokenizer/"))
(setq sft-path (+ _current "sft_adapters/lora_adapters_epoch_1.pt"))
(setq output-path (+ _current "checkpoints_dpo/"))

(setq dpo-config
   (dictionary
      "beta" 0.1
      "learning_rate" 0.05
      "num_epochs" 2
      "gradient_accumulation_steps" 2
      "max_grad_norm" 1.0
      "warmup_steps" 1
      "min_lr" 0.001
      "rank" 4
      "alpha" 8
   )
)
(setq modules (strings "q_proj" "v_proj" "gate_proj" "down_proj"))

(setq failed 0)

(defun load-adapted (name)
   (torch_hf_load_model_lora name model-path {"device":"mps"})
   (torch_hf_lora_init name (@ dpo-config "rank") (@ dpo-config "alpha") modules "bfloat16")
   (check (file_exists sft-path)
      (println "Adapters of the fine-tuning:" name)
      (torch_hf_lora_load name sft-path)
   )
)

; --- Tokens -----------------------------------------------------------------------

(setq vocabulary (json_parse (fread (+ tokenizer-path "tokenizer.json"))))
(setq bpe
   (tiktoken_create
      (@ vocabulary "model" "vocab")
      (@ vocabulary "added_tokens")
      (@ vocabulary "pre_tokenizer" "pretokenizers" 0 "pattern" "Regex")
   )
)
(setq bos_id (tiktoken_special_encode bpe "<|begin_of_text|>"))
(setq eot_id (tiktoken_special_encode bpe "<|eot_id|>"))

(defun tokens-of (prompt answer)
   (setq ids (integers bos_id (tiktoken_encode bpe prompt)))
   (setq start (size ids))
   (extend ids (tiktoken_encode bpe answer))
   (push ids eot_id)
   (list ids start)
)

; --- The loss ---------------------------------------------------------------------

; The mean log-probability of the answer's tokens
(defun answer-log-probability (name pair)
   (setq ids (@ pair 0))
   (setq start (@ pair 1))
   (setq last-place (- (size ids) 1))
   (setq input (tensor_unsqueeze (torch_to_mps (tensor_create ids)) 0))
   (setq logits (torch_hf_forward name input))
   (setq logits (tensor_slice logits 1 (- start 1) last-place))
   (setq targets (tensor_slice input 1 start (size ids)))
   (setq log-probabilities (tensor_log_softmax (tensor_contiguous logits) -1))
   (setq picked (tensor_gather log-probabilities 2 (tensor_unsqueeze targets -1)))
   (tensor_mean (tensor_mean_dim (tensor_squeeze picked -1) 1))
)

; -log σ(β · (policy margin - reference margin)), and the margin itself
(defun dpo-loss (chosen rejected reference-chosen reference-rejected)
   (setq margin
      (tensor_sub
         (tensor_sub chosen rejected)
         (tensor_sub reference-chosen reference-rejected)
      )
   )
   (setq scaled (tensor_mul_scalar margin (@ dpo-config "beta")))
   (setq loss (tensor_log (tensor_add_scalar (tensor_exp (tensor_mul_scalar scaled -1.0)) 1.0)))
   (list loss (@ margin 0))
)

(defun reference-values (pairs)
   (torch_set_grad_enabled nil)
   (setq values (maplist (\(pair) (@ (answer-log-probability "reference" pair) 0)) pairs))
   (torch_set_grad_enabled true)
   values
)

(defun train-step (entry divisor)
   (setq chosen (tokens-of (@ entry "prompt") (@ entry "chosen")))
   (setq rejected (tokens-of (@ entry "prompt") (@ entry "rejected")))
   (setq reference (reference-values (list chosen rejected)))
   (setq result
      (dpo-loss
         (answer-log-probability "policy" chosen)
         (answer-log-probability "policy" rejected)
         (@ reference 0)
         (@ reference 1)
      )
   )
   (torch_backward (tensor_div (@ result 0) divisor))
   (list (@ (@ result 0) 0) (@ result 1))
)

; --- The run ----------------------------------------------------------------------

(load-adapted "reference")
(load-adapted "policy")

(setq dataset (json_parse (fread (+ _current "preferences.json"))))
(setq parameters (torch_hf_lora_get_parameters "policy"))
(setq optimizer (torch_optimizer_add_params parameters (@ dpo-config "learning_rate") 0.0))
(setq accumulation (@ dpo-config "gradient_accumulation_steps"))
(setq scheduler
   (torch_lr_scheduler optimizer "linear_warmup_cosine"
      (dictionary
         "initial_lr" (@ dpo-config "learning_rate")
         "min_lr" (@ dpo-config "min_lr")
         "total_steps" (integer (/ (* (size dataset) (@ dpo-config "num_epochs")) accumulation))
         "warmup_steps" (@ dpo-config "warmup_steps")
      )
   )
)
(setq divisor (torch_to_mps (tensor_create (floats accumulation))))

(torch_optimizer_zero_grad optimizer)
(setq history ())
(loopcount (@ dpo-config "num_epochs") epoch
   (setq losses (floats))
   (setq wins 0)
   (setq seen 0)
   (loop entry dataset
      (setq outcome (maybe (train-step entry divisor) (\(e) (+= failed 1) nil)))
      (check outcome
         (push losses (@ outcome 0))
         (check (> (@ outcome 1) 0) (+= wins 1))
      )
      (+= seen 1)
      (check (= 0 (% seen accumulation))
         (torch_clip_grad_norm optimizer (@ dpo-config "max_grad_norm"))
         (torch_scheduler_step scheduler)
         (torch_optimizer_step optimizer)
         (torch_optimizer_zero_grad optimizer)
      )
   )
   (setq mean-loss (/ (sum losses) (size losses)))
   (push history mean-loss)
   (println "Epoch" (+ epoch 1)
      "loss" (round (* mean-loss 10000) 10000)
      "preferred" (+ "" wins "/" (size dataset))
      "memory" (memory_size)
   )
)

(check (not (file_exists output-path))
   (command (+ "mkdir -p " output-path))
)
(torch_hf_lora_save "policy" (+ output-path "dpo_adapters.pt"))

(println "The loss starts at log 2:" (< (- (@ history 0) (log 2)) 0.05))
(println "The loss falls:" (< (@ history -1) (@ history 0)))
(println "Failed steps:" failed)
