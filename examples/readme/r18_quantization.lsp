; Load model weights
(setq model_weights (torch_randn (integers 1024 768)))

; FP16 quantization (50% memory reduction)
(setq fp16_weights (torch_quantize_fp16 model_weights))
(println "FP16 Memory usage: " (torch_numel fp16_weights) " parameters")

; INT8 quantization (75% memory reduction)  
(setq int8_weights (torch_quantize_int8 model_weights))
(println "INT8 Memory usage: " (torch_numel int8_weights) " parameters")

; Dynamic quantization with automatic scaling
(setq dynamic_quantized (torch_quantize_dynamic model_weights 1.0 0))

; Static quantization with custom parameters
(setq static_quantized (torch_quantize_static model_weights 0.5 -128))

; Convert back to full precision when needed
(setq restored (torch_dequantize static_quantized))

; Model-level quantization for complete architecture
(setq quantized_model (torch_model_quantize_dynamic my_model))
