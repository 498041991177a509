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
