; A model that always prefers the next id, whatever the strategy.
(defun next-id (ids)
   (setq logits (torch_zeros (list 10)))
   (setq last-id (at ids -1))
   (torch_index_put_ logits (list (torch_tensor (integers (% (+ last-id 1) 10)))) 9.0)
   logits
)
(setq generator (torch_generator_create next-id))
(torch_generator_config generator {"max_length":4 "strategy":"greedy"})
(println (torch_generate generator (torch_tensor (integers 3)) "greedy"))
(println generator)
