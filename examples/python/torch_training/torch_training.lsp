; Trains a small network on a spiral: modules, optimizer, schedule and data loader of torch.
(pyimport torch)
(pyimport "torch.nn" nn)
(pyimport "torch.nn.functional" F)
(pyimport "torch.optim" optim)
(pyimport "torch.utils.data" [DataLoader])

(torch.manual_seed 3)

; A point of one of two spiral arms, and the number of the arm.
(defun sample (k)
   (setq arm (% k 2))
   (setq angle (/ k 30.0))
   (setq turn (+ angle (* arm _pi)))
   (list (list (* angle (cos turn)) (* angle (sin turn))) arm))

(defun collate (samples)
   (list
      (torch.tensor (maplist (\(pair) (@ pair 0)) samples))
      (torch.tensor (maplist (\(pair) (@ pair 1)) samples))))

(setq samples (map 'sample (iota0 240)))
(setq loader (DataLoader samples (? batch_size 40) (? shuffle true) (? collate_fn 'collate)))

(setq model
   (nn.Sequential
      (nn.Linear 2 32) (nn.Tanh)
      (nn.Linear 32 32) (nn.Tanh)
      (nn.Linear 32 2)))
(setq optimizer (optim.AdamW (model.parameters) (? lr 0.02)))
(setq scheduler (optim.lr_scheduler.CosineAnnealingLR optimizer (? T_max 60)))

(defun train-epoch ()
   (setq total 0.0)
   (loop batch loader
      (setq (points arms) batch)
      (setq loss (F.cross_entropy (model points) arms))
      (optimizer.zero_grad)
      (loss.backward)
      (nn.utils.clip_grad_norm_ (model.parameters) 1.0)
      (optimizer.step)
      (+= total (loss.item)))
   (scheduler.step)
   (/ total (size loader)))

(defun accuracy ()
   (with ((torch.no_grad))
      (setq (points arms) (collate samples))
      (setq right (torch.eq (torch.argmax (model points) (? dim 1)) arms))
      (torch.mean (right.float))))

(setq first-loss (train-epoch))
(loopcount 59
   (setq last-loss (train-epoch)))
(println "the loss fell:" (< last-loss (/ first-loss 2)))
(println "learning rate:" (stringf (@ (scheduler.get_last_lr) 0) "%.4f"))
(println "accuracy above 90 %:" (> (accuracy) 0.9))
