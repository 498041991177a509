; classes of torch: layers are registered, calls reach `forward`
(pyimport torch)
(pyimport torch.nn nn)
(pyimport torch.nn.functional F)
(pyimport torch.utils.data data_tools)

(class@ Net (inputs (hidden (nn.Linear inputs 4)) (output (nn.Linear 4 2)))
   (from@ nn.Module)
   (defun forward (x) (output (F.relu (hidden x))))
   (defun weights () (size (to_list (parameters)))))

(class@ Residual (scale) (from@ Net)
   (defun forward (x) (* scale (from@ Net (forward x)))))

(class@ Squares (total) (from@ data_tools.Dataset)
   (defun __len__ () total)
   (defun __getitem__ (index) (* index index)))

(setq net (Net 3))
(println (net (weights)) (@ (net.forward (torch.ones 5 3)) 'shape))
(println (@ (net (torch.ones 5 3)) 'shape) (@ (torch_forward net (torch.ones 1 3)) 'shape))
(setq twice (Residual 2 3))
(println (@ (twice (torch.ones 5 3)) 'shape) (@ twice 'scale))
(loop batch (data_tools.DataLoader (Squares 5) (? batch_size 2)) (println (batch.tolist)))

; a parameter that Python's callers may give, `eval` and `load` of Python, counting in `step`
(class@ Scored (output) (from@ nn.Module)
   (defun forward (x (targets))
      (setq logits (output x))
      (if (nullp targets) (list (x (size 0)) nil) (list (x (size 0)) (F.mse_loss logits targets)))))
(setq scored (Scored (nn.Linear 2 1)))
(setq optimizer (torch.optim.SGD (scored (parameters)) (? lr 0.1)))
(loopcount 2 step
   (setq (rows loss) (scored (torch.ones 3 2) (torch.ones 3 1)))
   (loss (backward))
   (optimizer (step)))
(scored (eval))
(println rows (loss (size)) (cadr (scored (torch.ones 1 2))) scored.training)
(println (@ (scored (torch (ones 4 2))) 0))
