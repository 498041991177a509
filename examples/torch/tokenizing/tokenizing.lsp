; Texts and tokens: what a byte-level tokenizer makes of a text, and back.
;
; Beside this file: a tokenizer in llama3.1-8B/tokenizer/.

(load (+ _current "vocabulary.lsp"))
(load (+ _current "tables.lsp"))

(setq path (+ _current "llama3.1-8B/tokenizer/"))
(setq tok (Vocabulary path))
(tok (init))

; --- There and back ---------------------------------------------------------------

(setq texts
   (strings
      "The king asked the miller."
      "naïve café — 日本語 😀"
      `two
lines`
      ""
   )
)

(setq failures 0)
(loop text texts
   (setq ids (tok Vocabulary (encode text)))
   (check (!= (tok (decode ids)) text)
      (+= failures 1)
      (printerrln "changed on the way:" text)
   )
)
(println "Texts that changed on the way:" failures)

; --- A dialogue in one list -------------------------------------------------------

; `integers` takes numbers and lists of them alike.
(setq dialogue
   (integers
      (@ tok 'bos_id) (tok (encode "Who is there?"))
      (@ tok 'eos_id) (tok (encode "The miller."))
   )
)
(println "First and last:" (= (@ dialogue 0) (@ tok 'bos_id)) (tok (decode (@@ dialogue -1 0))))
(println "Dialogue:" (tok (decode dialogue)))

; --- Pieces -----------------------------------------------------------------------

(setq rows ())
(loop id (tok (encode "the weather"))
   (push rows (list (tok (shown id)) (size (tok (bytes-of id)))))
)
(pushfirst rows (list "piece" "bytes"))
(print (table rows 12))

(withclass Vocabulary
   (setq cut (tok (encode "😀")))
   (setq values (flatten (maplist (\(id) (tok (bytes-of id))) cut)))
)
(println "Bytes of a smiley:" values (= (maplist 'chrbyte values) (maplist 'chrbyte '(240 159 152 128))))
(println "Counted:" (tok (count-all texts)) "tokens")
