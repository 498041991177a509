; A character-level transformer: trained on six sonnets, adapted with LoRA to
; Jabberwocky, quantized to 8 bits, and asked to write before and after.
;
;    lisptorch run char_transformer.lsp [STEPS] [--bar] [--report FILE]
;
; STEPS is the number of training steps, --bar draws a progress bar (for a terminal),
; --report writes all numbers and texts as JSON.

(use 'lispe_torch)

; --- Settings ---------------------------------------------------------------------

(setconst width 128)          ; numbers that describe a character
(setconst num_heads 4)
(setconst depth 2)            ; transformer layers
(setconst context 64)         ; characters that the model looks back at
(setconst batch_size 16)
(setconst learning_rate 0.003)
(setconst lora_rank 8)
(setconst lora_alpha 16.0)
(setconst bar_width 24)

(setq arguments (cdr _args))
(setq steps
   (if (and arguments (digitp (car arguments))) (integer (car arguments)) 600)
)
(setq draws-bar (in arguments "--bar"))
(setq report-option (find arguments "--report"))

; --- Text and vocabulary ----------------------------------------------------------

; Every character has a number: its place in the sorted list of all of them.
(setq sonnets (fread (+ _current "sonnets.txt")))
(setq nonsense (fread (+ _current "jabberwocky.txt")))
(setq vocabulary (sort '< (unique (split (+ sonnets nonsense) ""))))
(setq numbers-of {})
(loopcount (size vocabulary) i
   (set@ numbers-of (@ vocabulary i) i)
)

(defun encode (text)
   (torch_tensor (mapcar (\(c) (@ numbers-of c)) text))
)

(defun decode (tokens)
   (join (mapcar (\(i) (@ vocabulary i)) (torch_to_list tokens)) "")
)

; What guessing by the frequency of the letters alone costs, in nats a character
(defun unigram-entropy (text)
   (setq entropy 0.0)
   (loop c (unique (split text ""))
      (setq share (/ (count text c) (size text)))
      (-= entropy (* share (log share)))
   )
   entropy
)

; --- The model --------------------------------------------------------------------

; A model is a dictionary of modules, so that each can be exchanged by its name; those
; of transformer layer 0 are "query0", "key0" and so on.
(defun make-model ()
   (setq model
      {
         "embedding":(torch_embedding (size vocabulary) width)
         "positions":(torch_positional_encoding width context)
         "norm":(torch_layer_norm width)
         "head":(torch_linear width (size vocabulary))
      }
   )
   (loopcount depth i
      (add-layer model i)
   )
   model
)

(defun add-layer (model i)
   (set@ model (+ "attention-norm" i) (torch_layer_norm width))
   (loop name '("query" "key" "value" "output")
      (set@ model (+ name (string i)) (torch_linear width width))
   )
   (set@ model (+ "feed-norm" i) (torch_layer_norm width))
   (set@ model (+ "expand" i) (torch_linear width (* 4 width)))
   (set@ model (+ "contract" i) (torch_linear (* 4 width) width))
)

; (batch, time, width) → (batch, head, time, width of a head)
(defun split-heads (x)
   (setq shape (torch_shape x))
   (torch_transpose
      (torch_reshape x (integers (@ shape 0) (@ shape 1) num_heads -1))
      1 2
   )
)

; (batch, head, time, width of a head) → (batch, time, width)
(defun merge-heads (x)
   (setq shape (torch_shape x))
   (torch_reshape (torch_transpose x 1 2) (integers (@ shape 0) (@ shape 2) width))
)

; Causal self-attention: each character sees itself and those before it.
(defun attend (model i x)
   (setq query (split-heads (torch_forward (@ model (+ "query" i)) x)))
   (setq key (split-heads (torch_forward (@ model (+ "key" i)) x)))
   (setq value (split-heads (torch_forward (@ model (+ "value" i)) x)))
   (setq attended
      (torch_scaled_dot_product_attention
         query key value
         (? is_causal true)
      )
   )
   (torch_forward (@ model (+ "output" i)) (merge-heads attended))
)

; Each character for itself: widen, bend, narrow.
(defun feed-forward (model i x)
   (setq hidden (torch_gelu (torch_forward (@ model (+ "expand" i)) x)))
   (torch_forward (@ model (+ "contract" i)) hidden)
)

; Transformer layer i: both parts see their input normalized, and add to it.
(defun run-layer (model i x)
   (setq normed (torch_forward (@ model (+ "attention-norm" i)) x))
   (setq x (torch_add x (attend model i normed)))
   (setq normed (torch_forward (@ model (+ "feed-norm" i)) x))
   (torch_add x (feed-forward model i normed))
)

; ids (batch, time) → logits (batch, time, vocabulary)
(defun predict (model ids)
   (setq embedded (torch_forward (@ model "embedding") ids))
   (setq x (torch_positional_encoding_forward (@ model "positions") embedded))
   (loopcount depth i
      (setq x (run-layer model i x))
   )
   (torch_forward (@ model "head") (torch_forward (@ model "norm") x))
)

; --- Training ---------------------------------------------------------------------

; Random pieces of the text, (batch, context + 1)
(defun draw-batch (tokens)
   (setq last-start (- (torch_numel tokens) context))
   (setq starts (torch_to_list (torch_randint 0 last-start (integers batch_size))))
   (torch_stack
      (mapcar (\(start) (torch_slice tokens 0 start (+ start context 1))) starts)
   )
)

; The loss of predicting every character of a batch from those before it
(defun next-character-loss (model batch)
   (setq inputs (torch_slice batch 1 0 -1))
   (setq targets (torch_slice batch 1 1 (+ context 1)))
   (torch_cross_entropy (predict model inputs) targets)
)

(defun train-step (model optimizer batch)
   (torch_optimizer_zero_grad optimizer)
   (setq loss (next-character-loss model batch))
   (torch_backward loss)
   (torch_clip_grad_norm optimizer 1.0)
   (torch_optimizer_step optimizer)
   (torch_item loss)
)

(defun warmup-cosine (optimizer total)
   (torch_lr_scheduler optimizer "linear_warmup_cosine"
      (dictionary
         "initial_lr" learning_rate
         "min_lr" (/ learning_rate 20)
         "warmup_steps" 20
         "total_steps" total
      )
   )
)

; Train, and return the loss of each step.
(defun train (title model optimizer tokens total)
   (setq schedule (warmup-cosine optimizer total))
   (setq losses (list))
   (loopcount total i
      (torch_scheduler_step schedule)
      (push losses (train-step model optimizer (draw-batch tokens)))
      (show-progress title (+ i 1) total (last losses))
   )
   losses
)

; The loss on a whole text, cut into pieces that do not overlap
(defun evaluate (model tokens)
   (setq length (+ context 1))
   (setq rows (integer (/ (torch_numel tokens) length)))
   (setq batch
      (torch_reshape (torch_slice tokens 0 0 (* rows length)) (integers rows length))
   )
   (torch_set_grad_enabled nil)
   (setq loss (torch_item (next-character-loss model batch)))
   (torch_set_grad_enabled true)
   loss
)

; --- Progress ---------------------------------------------------------------------

(defun rounded (x)
   (round (* x 1000) 1000)
)

; On a terminal a bar that grows within its line, elsewhere a line every 50 steps
(defun show-progress (title step total loss)
   (if draws-bar
      (draw-bar title step total loss)
      (check (or (= step total) (= (% step 50) 0))
         (println " " title "step" step "of" total "loss" (rounded loss))
      )
   )
)

(defun draw-bar (title step total loss)
   (setq done (integer (/ (* bar_width step) total)))
   (setq bar (+ (fill "█" done) (fill "░" (- bar_width done))))
   ; The carriage return comes last: a terminal shows a line when it meets one.
   (print "  " title " " bar " " step "/" total "  loss " (rounded loss) "    \r")
   (check (= step total)
      (println)
   )
)

; --- Adapting and quantizing ------------------------------------------------------

(setq linear-names (strings "head"))
(loopcount depth i
   (loop name '("query" "key" "value" "output" "expand" "contract")
      (push linear-names (+ name (string i)))
   )
)

; A model with each linear layer changed; all other modules are shared.
(defun with-changed-linears (model change)
   (setq changed (clone model))
   (loop name linear-names
      (set@ changed name (change (@ model name)))
   )
   changed
)

(defun with-adapters (model)
   (with-changed-linears model
      (\(linear) (torch_lora_apply_to_linear linear lora_rank lora_alpha))
   )
)

; The A and B of every adapter: all that LoRA trains
(defun adapter-parameters (model)
   (setq parameters (list))
   (loop name linear-names
      (extend parameters (torch_lora_trainable_params (@ model name)))
   )
   parameters
)

(defun quantized (model)
   (with-changed-linears model (\(linear) (torch_model_quantize_dynamic linear)))
)

(defun number-count (tensors)
   (sum (maplist (\(tensor) (torch_numel tensor)) tensors))
)

; All trainable tensors of a model, frozen ones among them
(defun parameters-of (model)
   (setq parameters (list))
   (loop module (values@ model)
      (extend parameters (torch_parameters module))
   )
   parameters
)

; What the weights of the linear layers take in memory
(defun kilobytes (model)
   (setq total 0)
   (loop name linear-names
      (loop tensor (values@ (torch_state_dict (@ model name)))
         (setq bytes-each (if (= (torch_dtype tensor) "int8") 1 4))
         (+= total (* bytes-each (torch_numel tensor)))
      )
   )
   (integer (/ total 1024))
)

; The logits of a model on the start of a text
(defun first-logits (model tokens)
   (predict model (torch_unsqueeze (torch_slice tokens 0 0 context) 0))
)

(defun largest (tensor)
   (torch_item (torch_max (torch_abs tensor)))
)

; --- Writing ----------------------------------------------------------------------

; The last characters are all that a prediction looks at.
(defun make-writer (model)
   (torch_generator_create
      (\(ids) (predict model (torch_slice ids 1 (- 0 context) (torch_numel ids))))
   )
)

; What a model writes after a prompt, with a strategy and its options
(defun write-text (model prompt strategy options)
   (setq writer (make-writer model))
   (torch_generator_config writer options)
   (torch_manual_seed 3)
   (decode (torch_generate writer (encode prompt) strategy))
)

; The beginning of a text in one line
(defun show-text (title text)
   (println " " (padding title " " 15) (left (replace text "\n" " / ") 60))
)

(defun show-strategies (model)
   (loop strategy '("greedy" "top_k" "top_p" "beam_search")
      (setq options {"max_length":48 "top_k":5 "top_p":0.9 "num_beams":4})
      (show-text strategy (write-text model "When I " strategy options))
   )
)

; A higher temperature dares more.
(defun show-temperatures (model)
   (loop temperature '(0.5 1.0 2.0)
      (setq options (dictionary "max_length" 48 "top_p" 1.0 "temperature" temperature))
      (show-text
         (+ "temperature " temperature)
         (write-text model "When I " "top_p" options)
      )
   )
)

; A penalty makes characters that are already there less likely.
(defun show-penalties (model)
   (loop penalty '(1.0 1.5)
      (setq options (dictionary "max_length" 48 "repetition_penalty" penalty))
      (show-text
         (+ "penalty " penalty)
         (write-text model "When I " "greedy" options)
      )
   )
)

; A longer text, for the report
(defun write-stanza (model prompt)
   (write-text model prompt "top_k" {"max_length":160 "top_k":3 "temperature":0.7})
)

; --- The program ------------------------------------------------------------------

(torch_manual_seed 1)
(setq report {})
(setq tokens (encode sonnets))
(setq model (make-model))
(set@ report "parameters" (number-count (parameters-of model)))
(set@ report "unigram_entropy" (unigram-entropy sonnets))
(set@ report "untrained_loss" (evaluate model tokens))
(set@ report "untrained_text" (write-stanza model "When I "))
(println
   (size sonnets) "characters of" (size vocabulary) "kinds,"
   (@ report "parameters") "parameters"
)
(println "Loss by letter frequency:" (rounded (@ report "unigram_entropy")))

(println "\nUntrained, loss" (rounded (@ report "untrained_loss")))
(show-strategies model)

(println "\nTraining on the sonnets")
(setq optimizer (torch_optimizer (values@ model) learning_rate "adamw"))
(set@ report "losses" (train "sonnets" model optimizer tokens steps))
(set@ report "trained_loss" (evaluate model tokens))
(set@ report "trained_text" (write-stanza model "When I "))

(println "\nTrained, loss" (rounded (@ report "trained_loss")))
(show-strategies model)
(show-temperatures model)
(show-penalties model)

; LoRA: the model learns another text, but only its adapters change.
(setq other-tokens (encode nonsense))
(setq adapted (with-adapters model))
(setq adapters (adapter-parameters adapted))
(set@ report "adapter_parameters" (number-count adapters))
(set@ report "unadapted_loss" (evaluate adapted other-tokens))
(set@ report "unadapted_text" (write-stanza adapted "Beware "))
(println "\nAdapting to Jabberwocky:"
   (@ report "adapter_parameters") "parameters train, the others rest"
)
(setq lora-optimizer (torch_optimizer_add_params adapters learning_rate 0.0))
(set@ report "adaptation_losses"
   (train "adapters" adapted lora-optimizer other-tokens (integer (/ steps 2)))
)
(set@ report "adapted_loss" (evaluate adapted other-tokens))
(set@ report "adapted_text" (write-stanza adapted "Beware "))
(println
   "  loss" (rounded (@ report "unadapted_loss")) "→" (rounded (@ report "adapted_loss"))
)
(show-text "before" (@ report "unadapted_text"))
(show-text "after" (@ report "adapted_text"))

; Quantization: the weights of the linear layers in 8 bits, the adapters within
(setq small (quantized adapted))
(set@ report "kilobytes" (kilobytes model))
(set@ report "quantized_kilobytes" (kilobytes small))
(setq logits (first-logits adapted other-tokens))
(set@ report "largest_logit" (largest logits))
(set@ report "logit_difference"
   (largest (torch_sub logits (first-logits small other-tokens)))
)
(set@ report "quantized_loss" (evaluate small other-tokens))
(set@ report "quantized_text" (write-stanza small "Beware "))
(println "\nQuantized to int8:"
   (@ report "kilobytes") "kB →" (@ report "quantized_kilobytes") "kB"
)
(println
   "  logits up to" (rounded (@ report "largest_logit"))
   "change by at most" (rounded (@ report "logit_difference"))
)
(show-text "quantized" (@ report "quantized_text"))

(check report-option
   (json_write report (@ arguments (+ report-option 1)))
)
