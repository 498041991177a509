; Two half moons of points that no straight line tells apart, and a network that does.
(use 'lispe_torch)

; n points on each moon (2n, 2), and their classes (2n, 1): 0 on the first, 1 on the second.
(defun make-moons (n noise)
   (setq angles (* _pi (torch_rand (integers n))))
   (setq upper (torch_stack (list (torch_cos angles) (torch_sin angles)) 1))
   (setq lower (torch_stack (list (- 1 (torch_cos angles)) (- 0.5 (torch_sin angles))) 1))
   (setq points (torch_cat (list upper lower) 0))
   (setq classes (torch_cat (list (torch_zeros (integers n 1)) (torch_ones (integers n 1))) 0))
   (list (+ points (* noise (torch_randn (integers (* 2 n) 2)))) classes)
)

; Trains a network and returns the loss of each step.
(defun train (network points classes steps)
   (setq optimizer (torch_optimizer network 0.02 "adam"))
   (setq losses ())
   (loop step (iota steps)
      (setq loss (torch_mse_loss (torch_forward network points) classes))
      (torch_optimizer_zero_grad optimizer)
      (torch_backward loss)
      (torch_optimizer_step optimizer)
      (push losses (torch_item loss))
   )
   losses
)
