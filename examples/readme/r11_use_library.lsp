(use 'lispe_torch)
