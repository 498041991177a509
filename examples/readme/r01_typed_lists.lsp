; LispE - Optimized types (direct memory access)
(setq tokens (integers 101 7592 2029 ...))      ; long* array = 8 bytes Ã— N
(setq masks (shorts 1 0 1 1 ...))               ; short* array = 2 bytes Ã— N  
(setq embeddings (numbers 1.5 2.3 3.7 ...))    ; double* array = 8 bytes Ã— N

