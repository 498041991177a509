; A tokenizer read from the file tokenizer.json of a model.

(use 'lispe_tiktoken)

(class@ Vocabulary (folder (bpe) (bos_id -1) (eos_id -1))

   (defun init ()
      (setq file (+ folder "tokenizer.json"))
      (check (not (file_exists file))
         (throw (+ "There is no " file))
      )
      (setq content (json_parse (fread file)))
      (setq specials (@ content "added_tokens"))
      (setqi bpe
         (tiktoken_create (@ content "model" "vocab") specials
            (@ content "pre_tokenizer" "pretokenizers" 0 "pattern" "Regex")
         )
      )
      (setqi bos_id (special-id "<|begin_of_text|>"))
      (setqi eos_id (special-id "<|end_of_text|>"))
   )

   (defun special-id (name)
      (setq id (tiktoken_special_encode bpe name))
      (check (= id -1)
         (printerrln "no special token:" name)
      )
      id
   )

   (defun encode (text) (tiktoken_encode bpe text))
   (defun decode (ids) (tiktoken_decode bpe ids))
   (defun bytes-of (id) (tiktoken_decode_bytes bpe (integers id)))
   (defun shown (id) (+ "[" (decode (integers id)) "]"))

   (defun count-all (texts)
      (setq total 0)
      (loop text texts
         (+= total (size . encode text))
      )
      total
   )
)
