; A line fitted by gradient descent.
(setq xs (torch_reshape (torch_tensor (floats 0 1 2 3)) (integers 4 1)))
(setq ys (torch_reshape (torch_tensor (floats 1 3 5 7)) (integers 4 1)))
(setq line (torch_linear 1 1))
(setq optimizer (torch_optimizer line 0.1 "adam"))

(defun epoch ()
   (torch_optimizer_zero_grad optimizer)
   (setq loss (torch_mse_loss (torch_forward line xs) ys))
   (torch_backward loss)
   (torch_optimizer_step optimizer)
   (torch_item loss)
)

(setq losses (list))
(loopcount 400 i
   (push losses (epoch))
)
(println "learned:" (< (last losses) 0.01) "steps:" (size losses))
