; What a script says to a language model; without one beside it, it says nothing.
(use 'lispe_torch)
(use 'lispe_tiktoken)

(setq model-path (+ _current "no/such/model/"))
(setq words ())

(defun display (w shown)
   (push shown w))

; The mean log-probability of a text's tokens
(defun log-probability (name ids)
   (setq input (tensor_unsqueeze (torch_to_mps (tensor_create ids)) 0))
   (setq length (size ids))
   (setq logits (tensor_slice (torch_hf_forward name input) 1 0 (- length 1)))
   (setq targets (tensor_slice input 1 1 length))
   (setq values (tensor_gather (tensor_log_softmax logits -1) 2 (tensor_unsqueeze targets -1)))
   (tensor_mean (tensor_mean_dim (tensor_squeeze values -1) 1)))

(defun validate (name texts)
   (torch_set_grad_enabled nil)
   (setq total 0)
   (loop ids texts
      (+= total (@ (log-probability name ids) 0)))
   (torch_set_grad_enabled true)
   (/ total (size texts)))

(class@ Run (name (optimizer) (history))
   (defun init ()
      (setqi optimizer (torch_optimizer name 0.001 "adamw" {"weight_decay":0.01}))
      (setqi history ()))
   (defun save (epoch path)
      (torch_save_checkpoint name optimizer epoch path)
      (push history epoch)))

(check (file_exists model-path)
   (setq model (torch_hf_load_model model-path {"device":"mps"}))
   (println (validate model (list (integers 1 2 3) (integers 4 5))))
   (setq run (Run model))
   (run (init))
   (run (save 1 (+ _current "checkpoint.pt")))
   (println "last epoch:" (@ run 'history -1))
   (setq generator (torch_generator_create model))
   (println (torch_generate generator (integers 1 2 3)))
   (torch_hf_generate model (integers 1 2 3) (integers 4 5) 10
      {"topk":30 "callback":'display "data":words}))

(println "tokens:" (size words))
