; The block goes on from the flash attention block, and names four more things.
(setq query (torch_randn (integers 2 4 128 64)))
(setq key (torch_randn (integers 2 4 128 64)))
(setq value (torch_randn (integers 2 4 128 64)))
(setq attention (torch_multihead_attention 256 8))
