; Random tensor generation for initialization
(setq random_tensor (torch_rand (integers 512 512)))  ; Random values [0, 1]

; Transpose dimensions for attention computations
(setq reshaped (torch_reshape random_tensor (integers 8 64 512)))
(setq transposed (torch_transpose reshaped 0 2))  ; Swap dims 0 and 2

; Access tensor elements with native 'at' function
(setq test_tensor (torch_tensor (integers 10 20 30 40 50)))
(setq first_element (at test_tensor 0))    ; Returns: 10
(setq last_element (at test_tensor -1))    ; Returns: 50 (negative indexing)

; Get tensor shape information
(setq tensor_shape (torch_shape test_tensor))  ; Returns: (5)
