; 8K token sequence processing:
; Standard attention: ~2GB tensor + 256MB attention scores
; Flash attention: ~2GB tensor + ~16MB working memory
; Auxiliary data: 70-80% reduction vs Python lists
; shorts for masks: 2 bytes vs 28 bytes per element
; Total: ~240MB+ saved on attention + auxiliary structures
