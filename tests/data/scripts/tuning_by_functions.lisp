#!/usr/local/bin/lispe
; Fine-tuning by plain functions and dotted composition. Manual's other orders.
(use 'liblispe_torch)
(use "lispe_tiktoken")

(setq model-name "llama-ft")
(setq config {"device":"mps" "dtype":"bfloat16" "low_memory":true})
(setq opts {"lr":5e-3 "epochs":3 "accumulate":2 "max-length":100})

(setq tok-file . json_parse . fread . + _current "llama3.1-8B/tokenizer/tokenizer.json")
(setq bpe (tiktoken_create
   (@ tok-file "model" "vocab") (@ tok-file "added_tokens")
   (@ tok-file "pre_tokenizer" "pretokenizers" 0 "pattern" "Regex")))

(defun special (name) (tiktoken_special_encode bpe name))
(setq [bos eos eot start end] (maplist 'special
   '("<|begin_of_text|>" "<|end_of_text|>" "<|eot_id|>" "<|start_header_id|>" "<|end_header_id|>")))

; A back-quoted string keeps its lines
(setq system-prompt `You are a "helpful"
assistant.`)

(defun header (role)
   (integers start (tiktoken_encode bpe role) end (tiktoken_encode bpe "\n\n")))

(defun turn (role text)
   (integers (header role) (tiktoken_encode bpe text) eot))

; prompt and answer; what is not the answer is masked by -100
(defun make-sample (entry)
   (setq ids (integers bos (turn "system" system-prompt) (turn "user" . @ entry "instruction") (header "assistant")))
   (setq n (size ids))
   (extend ids (integers (tiktoken_encode bpe (@ entry "response")) eot))
   (setq labels (copy ids))
   (loopcount n i (set@ labels i -100))
   (setq maxi (@ opts "max-length"))
   (check (> (size ids) maxi)
      (setq ids (@@ ids 0 maxi))
      (setq labels (@@ labels 0 maxi)))
   (dictionary "ids" ids "labels" labels "prompt" n))

(setq data . json_parse . fread . + _current "dataset.json")
(setq samples . maplist 'make-sample data)
(println (fill "=" 70))
(println "samples:" (size samples) (type (@ samples 0)))

(torch_hf_load_model_lora (+ _current "llama3.1-8B/model/") config model-name)
(torch_hf_lora_init model-name
   (dictionary "rank" 8 "alpha" 16.0 "target_modules" (strings "q_proj" "v_proj" "gate_proj" "up_proj" "down_proj") "dtype" "bfloat16"))
(setq params (torch_hf_lora_parameters model-name))
(setq optimizer (torch_adamw_optimizer_create (@ opts "lr")))
(torch_optimizer_add_params optimizer params)
(setq steps (integer (/ (* (size samples) (@ opts "epochs")) (@ opts "accumulate"))))
(setq scheduler (torch_lr_scheduler_create optimizer "linear_warmup_cosine"
   (("initial_lr" (@ opts "lr")) ("min_lr" 1e-5) ("total_steps" steps) ("warmup_steps" 2))))

(defun padded (ids n value)
   (setq res (clone ids))
   (loopcount (- n (size ids)) i (push res value))
   res)

; two samples in one batch, as a matrix
(defun batch-loss (a b)
   (setq n (max (size . @ a "ids") (size . @ b "ids")))
   (setq ids (rho 2 n (integers (padded (@ a "ids") n eos) (padded (@ b "ids") n eos))))
   (setq labels (rho 2 n (integers (padded (@ a "labels") n -100) (padded (@ b "labels") n -100))))
   (setq x (torch_to_mps (torch_tensor_create ids)))
   (setq y (torch_to_mps (torch_tensor labels)))
   (setq logits (torch_hf_forward model-name x))
   (setq v (@ (torch_size logits) 2))
   (setq predicted (torch_reshape (torch_slice logits 1 0 -1) (integers -1 v)))
   (setq expected (torch_tensor_reshape (torch_tensor_slice y 1 1 n) (integers -1)))
   (torch_cross_entropy_loss predicted expected))

(setq history (floats))
(setq k 0)
(torch_optimizer_zero_grad optimizer)
(loopcount (@ opts "epochs") epoch
   (setq total 0.0)
   (setq n 0)
   (loop pair (slice samples 2)
      (check (= 2 (size pair))
         (setq loss (batch-loss (car pair) (cadr pair)))
         (torch_backward (/ loss (@ opts "accumulate")))
         (+= total (torch_item loss))
         (+= n 1)
         (+= k 1)
         (check (zerop . % k (@ opts "accumulate"))
            (setq norm (torch_clip_grad_norm optimizer 1.0))
            (torch_optimizer_step optimizer)
            (torch_lr_scheduler_step scheduler)
            (torch_optimizer_zero_grad optimizer)
            (printerrln "norm" (round (* norm 1000) 1000) "lr" (torch_lr_scheduler_get_lr scheduler)))))
   (setq mean (/ total n))
   (push history mean)
   (println "=== Epoch" (+ epoch 1) "===" "Loss:" (round (* mean 100) 100))
   (printerrln "Memory:" (memory_size) "tensors" (tensor_in_memory))
   (torch_hf_lora_save model-name (+ _current "out_b_epoch_" (+ epoch 1) ".pt"))
)
(println "Falls:" (> (@ history 0) (@ history -1)))
(println "files:" (file_exists (+ _current "out_b_epoch_3.pt")) (file_exists (+ _current "out_b_epoch_3.pt.keys")))

; -- merge, unmerge, switch off
(torch_set_grad_enabled nil)
(setq x (torch_unsqueeze (tensor_create (@ samples 0 "ids")) 0))
(setq before (torch_hf_forward model-name x))
(torch_hf_lora_merge model-name)
(setq merged (torch_hf_forward model-name x))
(torch_hf_lora_unmerge model-name)
(setq after (torch_hf_forward model-name x))
(torch_hf_lora_enable model-name false)
(setq base (torch_hf_forward model-name x))
(defun gap (a b) (torch_item . torch_max . torch_abs . torch_sub a b))
(println "merged" (< (gap before merged) 0.2) "unmerged" (< (gap before after) 0.2) "off" (> (gap before base) 0.01))
(torch_hf_lora_enable model-name true)

; -- again from the file
(torch_hf_load_model_lora "second" (+ _current "llama3.1-8B/model") config)
(torch_hf_lora_init "second" 8 16 (strings "q_proj" "v_proj" "gate_proj" "up_proj" "down_proj") "bfloat16")
(println "loaded:" (torch_hf_lora_load "second" (+ _current "out_b_epoch_3.pt")))
(println "same:" (> 0.2 (gap (torch_hf_forward "second" x) (torch_hf_forward model-name x))))
(println "missing file:" (torch_hf_lora_load "second" "nowhere.pt"))
