; Auto-generating sequences with optimal type selection
(iota0 5)     ; â†’ (integers 0 1 2 3 4)
(iota 5)      ; â†’ (integers 1 2 3 4 5)
(iota 5.0)    ; â†’ (numbers 1 2 3 4 5) - auto-detects float
