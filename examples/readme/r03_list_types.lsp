; Memory-efficient specialized arrays
(integers 2 3 4)    ; â†’ long* list (optimized)
(shorts 1 0 1 1)    ; â†’ short* list (optimized)
(floats 1.0 2.0)    ; â†’ float* list (optimized)  
(numbers 1.5 2.5)   ; â†’ double* list (optimized)
(list 1 2 3)        ; â†’ generic object list (higher overhead)
