; Fine-tunes a language model with LoRA on questions and answers.
;
; Beside this file: a model in llama3.1-8B/model/, its tokenizer in llama3.1-8B/tokenizer/,
; and dataset.json, a list of {"instruction", "response"}.

(use 'lispe_torch)
(use 'lispe_tiktoken)

(setq model-path (+ _current "llama3.1-8B/model/"))
(setq tokenizer-path (+ _current "llama3.1-8B/tokenizer/"))
(setq dataset-path (+ _current "dataset.json"))
(setq output-path (+ _current "checkpoints/"))
(setq model-name "llama-lora")

(setq lora-config
   (dictionary
      "rank" 4
      "alpha" 8
      "target_modules" (strings "q_proj" "k_proj" "v_proj" "o_proj")
      "dtype" "bfloat16"
   )
)

(setq training-config
   {
      "learning_rate":0.02
      "weight_decay":0.01
      "num_epochs":3
      "batch_size":1
      "gradient_accumulation_steps":4
      "max_seq_length":96
      "logging_steps":2
      "eval_steps":3
      "warmup_steps":2
      "max_grad_norm":1.0
      "scheduler_type":"linear_warmup_cosine"
      "min_lr":0.0001
      "device":"mps"
   }
)

; --- Tokens -----------------------------------------------------------------------

(class@ Tokenizer (path (bpe) (bos_id -1) (eot_id -1) (pad_id 0))

   (defun init ()
      (setq content (json_parse (fread (+ path "tokenizer.json"))))
      (setq pattern (@ content "pre_tokenizer" "pretokenizers" 0 "pattern" "Regex"))
      (setqi bpe (tiktoken_create (@ content "model" "vocab") (@ content "added_tokens") pattern))
      (setqi bos_id (tiktoken_special_encode bpe "<|begin_of_text|>"))
      (setqi eot_id (tiktoken_special_encode bpe "<|eot_id|>"))
      (setqi pad_id eot_id)
      (println "Vocabulary:" (tiktoken_vocab_size bpe))
   )

   ; What the user says, up to where the assistant begins to speak
   (defun encode-prompt (instruction)
      (setq text
         (+ `<|start_header_id|>user<|end_header_id|>

` instruction `<|eot_id|><|start_header_id|>assistant<|end_header_id|>

`)
      )
      (integers bos_id (tiktoken_encode bpe text))
   )

   (defun encode-response (response)
      (integers (tiktoken_encode bpe response) eot_id)
   )

   (defun decode (ids)
      (tiktoken_decode bpe ids)
   )
)

; --- Examples ---------------------------------------------------------------------

; An example is a pair: the tokens, and the tokens to be guessed, -100 where the prompt is
; not to be learned.
(defun make-example (tok entry max-length)
   (setq prompt (tok (encode-prompt (@ entry "instruction"))))
   (setq response (tok (encode-response (@ entry "response"))))
   (setq tokens (integers prompt response))
   (setq labels (integers (rho (size prompt) '(-100)) response))
   (check (> (size tokens) max-length)
      (setq tokens (@@ tokens 0 max-length))
      (setq labels (@@ labels 0 max-length))
   )
   (list tokens labels)
)

(defun load-dataset (path tok max-length)
   (setq examples ())
   (setq skipped 0)
   (loop entry (json_parse (fread path))
      (if (and (in (keys entry) "instruction") (in (keys entry) "response"))
         (push examples (make-example tok entry max-length))
         (+= skipped 1)
      )
   )
   (check (> skipped 0)
      (printerrln "Entries without a response:" skipped)
   )
   examples
)

; --- Training ---------------------------------------------------------------------

(class@ Trainer (name config (parameters) (optimizer) (scheduler) (divisor) (step 0) (history))

   (defun init (total-steps)
      (setqi parameters (torch_hf_lora_get_parameters name))
      (setqi optimizer
         (torch_optimizer_add_params parameters (@ config "learning_rate") (@ config "weight_decay"))
      )
      (setqi scheduler
         (torch_lr_scheduler optimizer (@ config "scheduler_type")
            (dictionary
               "initial_lr" (@ config "learning_rate")
               "min_lr" (@ config "min_lr")
               "total_steps" total-steps
               "warmup_steps" (@ config "warmup_steps")
            )
         )
      )
      (setqi divisor (torch_to_mps (tensor_create (floats (@ config "gradient_accumulation_steps")))))
      (setqi history ())
      (toclean 'finish)
   )

   (defun finish ()
      (printerrln "Trainer released after" step "steps")
   )

   ; The loss of guessing each token of the response from those before it
   (defun loss-of (example)
      (setq input_ids (torch_to_mps (tensor_create (@ example 0))))
      (setq labels (torch_to_mps (tensor_create (@ example 1))))
      (setq input_ids (tensor_reshape input_ids (integers 1 -1)))
      (setq logits (torch_hf_forward name input_ids))
      (setq sizes (tensor_shape logits))
      (setq length (- (@ sizes 1) 1))
      (setq guesses (tensor_reshape (tensor_slice logits 1 0 length) (integers length (@ sizes 2))))
      (setq wanted (tensor_slice labels 0 1 (+ length 1)))
      (torch_cross_entropy guesses wanted)
   )

   (defun accumulate (example)
      (setq loss (loss-of example))
      (torch_backward (tensor_div loss divisor))
      (@ loss 0)
   )

   (defun update ()
      (setq norm (torch_clip_grad_norm optimizer (@ config "max_grad_norm")))
      (torch_optimizer_step optimizer)
      (torch_scheduler_step scheduler)
      (torch_optimizer_zero_grad optimizer)
      (torch_mps_synchronize)
      (setqi step (+ step 1))
      norm
   )

   (defun evaluate-on (examples)
      (torch_set_grad_enabled nil)
      (setq total 0)
      (loop example examples
         (+= total (@ (loss-of example) 0))
      )
      (torch_set_grad_enabled true)
      (/ total (size examples))
   )

   (defun train-epoch (examples validation)
      (setq total 0)
      (setq pending 0)
      (loop example examples
         (+= total (accumulate example))
         (+= pending 1)
         (check (or (= pending (@ config "gradient_accumulation_steps")) (= example (last examples)))
            (setq norm (update))
            (setq pending 0)
            (check (= 0 (% step (@ config "logging_steps")))
               (println "  step" step
                  "loss" (round (/ (* 10000 total) (size examples)) 10000)
                  "lr" (round (* (torch_scheduler_get_lr scheduler) 1000000) 1000000)
                  "norm" (round (* norm 1000) 1000)
               )
            )
            (check (zerop (% step (@ config "eval_steps")))
               (println "  validation" (round (* (evaluate-on validation) 10000) 10000))
            )
         )
      )
      (/ total (size examples))
   )

   (defun record (epoch loss validation milliseconds)
      (push history
         (dictionary
            "epoch" epoch
            "loss" (round (* loss 10000) 10000)
            "validation_loss" (round (* validation 10000) 10000)
            "learning_rate" (torch_scheduler_get_lr scheduler)
            "seconds" (round (/ milliseconds 10) 100)
         )
      )
   )
)

; --- The run ----------------------------------------------------------------------

(defun memory-report (title)
   (setq gigabytes (/ (torch_hf_memory_usage model-name) 1073741824.0))
   (println title (round (* gigabytes 1000000) 1000000) "GB of weights," (tensor_in_memory) "tensors")
)

(println (fill "=" 70))
(println "LoRA fine-tuning")
(println (fill "=" 70))

(setq tok (Tokenizer tokenizer-path))
(tok (init))

(setq examples (load-dataset dataset-path tok (@ training-config "max_seq_length")))
(setq training (@@ examples 0 -2))
(setq validation (@@ examples -2 0))
(println "Examples:" (size training) "to learn from," (size validation) "to check")

(torch_hf_load_model_lora model-name model-path (dictionary "device" (@ training-config "device")))
(check
   (not
      (torch_hf_lora_init model-name (@ lora-config "rank") (@ lora-config "alpha")
         (@ lora-config "target_modules") (@ lora-config "dtype")
      )
   )
   (printerrln "The adapters cannot be made")
   (exit 1)
)
(memory-report "Model loaded:")
(println "Adapters:" (size (torch_hf_lora_get_parameters model-name)) "matrices")

(check (not (file_exists output-path))
   (command (+ "mkdir -p '" output-path "'"))
)

(setq steps-per-epoch (/ (size training) (@ training-config "gradient_accumulation_steps")))
(setq trainer (Trainer model-name training-config))
(trainer Trainer (init (* steps-per-epoch (@ training-config "num_epochs"))))

(setq first-loss (trainer (evaluate-on validation)))
(println "Before training:" (round (* first-loss 10000) 10000))

(withclass Trainer
   (loopcount (@ training-config "num_epochs") i
      (setq epoch (+ i 1))
      (println (fill "-" 70))
      (println "Epoch" epoch "of" (@ training-config "num_epochs"))
      (setq loss 0)
      (setq milliseconds (elapse (setq loss (trainer (train-epoch training validation)))))
      (setq checked (trainer (evaluate-on validation)))
      (trainer (record epoch loss checked milliseconds))
      (setq path (+ output-path "lora_adapters_epoch_" epoch ".pt"))
      (if (torch_hf_lora_save model-name path)
         (println "Saved" (+ "lora_adapters_epoch_" epoch ".pt"))
         (printerrln "Could not save" path)
      )
   )
)

(setq report
   {
      "lora":lora-config
      "training":training-config
      "history":(@ trainer 'history)
   }
)
(fwrite (+ output-path "report.json") (json report))

(println (fill "=" 70))
(println "Loss of the last epoch below the first:" (< (@ trainer 'history -1 "loss") (@ trainer 'history 0 "loss")))

; --- Is it in the files? ----------------------------------------------------------

(torch_hf_load_model_lora "again" model-path (dictionary "device" "mps"))
(torch_hf_lora_init "again" 4 8 (@ lora-config "target_modules") "bfloat16")
(torch_hf_lora_load "again" (+ output-path "lora_adapters_epoch_3.pt"))
(torch_set_grad_enabled false)
(setq sample (tensor_create (tok (encode-prompt "What is a tensor?"))))
(setq trained (torch_hf_forward model-name sample))
(setq restored (torch_hf_forward "again" sample))
(println "Restored adapters answer alike:" (< (@ (tensor_max (tensor_abs (tensor_sub trained restored))) 0) 0.00001))
