; The tokens of a chat with Qwen.

(use 'lispe_tiktoken)

(class@ Tokens (path (bpe) (eos_id -1) (start_id -1) (end_id -1))

   (defun init ()
      (setq content (json_parse (fread (+ path "tokenizer.json"))))
      (setqi bpe
         (tiktoken_create
            (@ content "model" "vocab")
            (@ content "added_tokens")
            (@ content "pre_tokenizer" "pretokenizers" 0 "pattern" "Regex")
         )
      )
      (setqi eos_id (tiktoken_special_encode bpe "<|endoftext|>"))
      (setqi start_id (tiktoken_special_encode bpe "<|im_start|>"))
      (setqi end_id (tiktoken_special_encode bpe "<|im_end|>"))
   )

   (defun message (role text)
      (integers start_id
         (tiktoken_encode bpe (+ role "\n" text)) end_id
         (tiktoken_encode bpe "\n")
      )
   )

   ; What the assistant continues
   (defun prompt (text)
      (integers
         (message "user" text)
         start_id (tiktoken_encode bpe "assistant\n")
      )
   )

   (defun decode (ids)
      (tiktoken_decode bpe ids)
   )

   (defun stops ()
      (integers eos_id end_id)
   )
)
