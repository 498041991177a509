; model_qwen in one file, everything at the top level, hyphens
(use 'lispe_torch)
(use 'lispe_tiktoken)

(setq model-path (+ _current "qwen3/model/"))
(setq tokenizer-path (+ _current "qwen3/tokenizer/"))

(class@ Tokens (path)
   (defun init ()
      (setq f (json_parse . fread . + path "tokenizer.json"))
      (setq specials (@ f "added_tokens"))
      (setqi tik . tiktoken_create (@ f "model" "vocab") specials (@ f "pre_tokenizer" "pretokenizers" 0 "pattern" "Regex"))
      (setqi eos_id (tiktoken_special_encode tik "<|endoftext|>"))
      (setqi eot_id (tiktoken_special_encode tik "<|im_end|>"))
      (setqi start_id (tiktoken_special_encode tik "<|im_start|>"))
      (println "Vocabulary" (tiktoken_vocab_size tik)))
   (defun encode (txt) (tiktoken_encode tik txt))
   (defun decode (l) (tiktoken_decode tik l))
   (defun dialogue (question)
      (setq text (+ `<|im_start|>system
You are Qwen.<|im_end|>
<|im_start|>user
` question `<|im_end|>
<|im_start|>assistant
`))
      (encode text)))

(setq tok (Tokens tokenizer-path))
(tok Tokens (init))

(class@ Screen (tokens (count 0) (text ""))
   (defun display (w)
      (setqi count (+ count 1))
      (setqi text (+ text (tokens (decode (integers w)))))))

(defun show (w screen) (screen (display w)))
(defun quiet (w) (printerr "."))

(setq model (torch_hf_load_model model-path (dictionary "device" "mps" "temperature" 0.8 "repetition_penalty" 1.1)))
(setq info (torch_hf_model_info model))
(println "Layers:" (@ info "num_hidden_layers") (@ info "vocab_size") (@ info "hidden_size"))
(println "Memory:" (> (torch_hf_memory_usage model) 1000))
(torch_set_grad_enabled false)

(setq ids (tok (dialogue "Why?")))
(println "Tokens:" ids)
(println "start:" (= (@ ids 0) (@ tok 'start_id)) (tok (decode (@@ ids 0 3))))

(loop options (list
      (dictionary "topk" 30 "callback" 'show "data" (Screen tok))
      (dictionary "topp" 0.9 "callback" 'show "data" (Screen tok))
      (dictionary "greedy" true "callback" 'quiet)
      (dictionary "top_k" 5 "temperature" 0.5 "callback" (lambda (w) (printerr w " ")))
      (dictionary "top_p" 0.5 "repetition_penalty" 1.3 "callback" (\(w d) (push d w)) "data" (list))
      (("topk" 3))
      '(("topk" 3) ("callback" quiet))
      nil)
   (setq seen ())
   (setq out (torch_hf_generate model ids (integers (@ tok 'eos_id) (@ tok 'eot_id)) 12 options))
   (println (type out) (and (> (size out) 0) (<= (size out) 12)))
   (check (and (dictionaryp options) (in (keys@ options) "data"))
      (setq d (@ options "data"))
      (check (consp d) (println "list got" (= (size d) (size out))))
      (check (= (type d) 'Screen) (println "screen got" (= (@ d 'count) (size out)) (= (@ d 'text) (tok (decode out))))))
)
(setq none (torch_hf_generate model ids (@ tok 'eos_id) 5))
(println (size none))
(println "same text:" (= (torch_hf_generate model ids -1 6 {"greedy":true}) (torch_hf_generate model ids -1 6 {"greedy":true})))
(setq ctx (torch_hf_enable_kv_cache model true))
(println (type ctx))
(println (tensor_shape (torch_hf_forward model (tensor_create ids) ctx)))
(println (tensor_shape (torch_hf_forward model (list 5) ctx)))
(println (tensor_shape (torch_hf_embeddings model ids)) (tensor_shape (torch_hf_get_q_weight model 0)))
