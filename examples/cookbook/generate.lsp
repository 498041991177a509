; Goes on with a text: by the likeliest tokens, then by tokens drawn at random.
(setq device (torch_get_best_device))
(setq path (torch_hf_load_model (+ _current "model") {"device":device}))
(setq tokenizer (tiktoken_create path))
(setq prompt (tiktoken_encode tokenizer "The sea"))

; No token has this number: only the count ends the text.
(setq stop -1)

(defun continued (options)
   (setq ids (torch_hf_generate path prompt stop 12 options))
   (println "new tokens:" (size ids))
   (tiktoken_decode tokenizer ids))

(setq greedy (continued {"greedy":true}))
(setq drawn (continued {"top_p":0.9 "temperature":0.7}))
(println "the same text again:" (= greedy (continued {"greedy":true})))
