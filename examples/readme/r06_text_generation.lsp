; Create a text generator (requires a compatible PyTorch model)
(setq generator (torch_generator_create model "cpu"))

; Configure generation parameters with dictionary
(setq config (
    ("max_length" 50)
    ("temperature" 0.8)
    ("top_k" 40)
    ("top_p" 0.9)
    ("strategy" "greedy")
    ("repetition_penalty" 1.1)
    ("eos_token_id" 50256)
))
(torch_generator_config generator config)

; Or configure with dedicated function
(torch_set_generation_params generator 50 0.8 40 0.9)

; Generate text with different strategies
(setq input_tokens (torch_tensor (integers 15339 1332)))  ; Input token IDs

; Greedy search (deterministic)
(setq greedy_result (torch_generate generator input_tokens "greedy"))

; Top-K sampling (stochastic)
(setq topk_result (torch_generate generator input_tokens "top_k"))

; Top-P (Nucleus) sampling (dynamic vocabulary)
(setq topp_result (torch_generate generator input_tokens "top_p"))

; Beam search (coming soon)
(setq beam_result (torch_generate generator input_tokens "beam_search"))
