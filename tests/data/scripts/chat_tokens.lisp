; tokenize_qwen: the class Tokenizer, in a file of its own
(use 'lispe_tiktoken)

(class@ Tokenizer (tokenizer_path (init))
   (defun configure()
      (setq vocab (json_parse (fread (+ tokenizer_path "tokenizer.json"))))
      (setqi tokenizer (tiktoken_create
         (@ vocab "model" "vocab")
         (@ vocab "added_tokens")
         (@ vocab "pre_tokenizer" "pretokenizers" 0 "pattern" "Regex")))
      (setqi bos_id (tiktoken_special_encode tokenizer "<|im_start|>"))
      (setqi eos_id (tiktoken_special_encode tokenizer "<|im_end|>"))
      (setqi eot_id (tiktoken_special_encode tokenizer "<|endoftext|>"))
   )

   ; <|im_start|>user\n ... <|im_end|>\n<|im_start|>assistant\n
   (defun encode(role text)
      (integers bos_id (tiktoken_encode tokenizer (+ role "\n" text)) eos_id (tiktoken_encode tokenizer "\n"))
   )

   (defun encode_dialog(text)
      (integers
         bos_id (tiktoken_encode tokenizer "system\nYou are a helpful assistant.")
         eos_id (tiktoken_encode tokenizer "\n")
         bos_id (tiktoken_encode tokenizer (+ "user\n" text))
         eos_id (tiktoken_encode tokenizer "\n")
         bos_id (tiktoken_encode tokenizer "assistant\n"))
   )

   (defun decode(tokens)
      (tiktoken_decode tokenizer tokens)
   )

   (defun stops() (integers eos_id eot_id))
)
