; The next token by hand: a threshold on sorted scores, then a draw.
(defun next-token (scores temperature kept)
   (setq scaled (torch_div_scalar scores temperature))
   (setq sorted (torch_sort scaled true))
   (setq threshold (tensor_select (@ sorted 0) 0 (- kept 1)))
   (setq masked (torch_where (torch_ge scaled threshold) scaled (torch_full_like scaled -1e9)))
   (tensor_item (tensor_multinomial (torch_softmax masked -1) 1)))

(defun likeliest (logits)
   (setq last-place (- (@ (tensor_shape logits) 1) 1))
   (tensor_item (tensor_argmax (tensor_select (tensor_select logits 0 0) 0 last-place) -1)))

(torch_manual_seed 1)
(setq scores (tensor_create (floats 1 5 2 4 3)))
(setq drawn (integers))
(loopcount 20 i (push drawn (next-token scores 0.8 2)))
(println "only the best two:" (sort '< (unique drawn)))

; Ids are integers: a list of one is a tensor without a detour.
(setq id (likeliest (tensor_reshape scores (integers 1 1 5))))
(setq input (tensor_unsqueeze (tensor_create (integers id)) 0))
(println id (tensor_shape input) input)
