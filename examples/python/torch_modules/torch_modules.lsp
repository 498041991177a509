; A convolutional net and a small GPT, written as classes of torch and trained on data
; that is made here.
(pyimport torch)
(pyimport torch.nn nn)
(pyimport torch.nn.functional F)
(pyimport torch.optim optim)
(pyimport torch.utils.data data_tools)

(torch.manual_seed 0)

; --- pictures -------------------------------------------------------------------------

; Pictures of 8 by 8 pixels with a bar across (class 0) or down (class 1).
(class@ Bars (total) (from@ data_tools.Dataset)
   (defun __len__ () total)
   (defun __getitem__ (index)
      (setq picture (torch.zeros 1 8 8))
      (setq place (% index 8))
      (setq across (< (% index 16) 8))
      ((picture.select (if across 1 2) place) (fill_ 1.0))
      (list picture (if across 0 1))))

; Finds bars by their edges.
(class@ ConvNet ((channels 8)
                 (conv (nn.Conv2d 1 channels 3 (? padding 1)))
                 (head (nn.Linear channels 2)))
   (from@ nn.Module)
   (defun forward (x)                                  ; (B, 1, 8, 8)
      (setq features (F.relu (conv x)))                ; (B, C, 8, 8)
      (setq pooled (F.adaptive_max_pool2d features 1)) ; (B, C, 1, 1)
      (head (pooled.flatten 1))))                    ; (B, 2)

(defun train_pictures (net epochs)
   (setq loader (data_tools.DataLoader (Bars 64) (? batch_size 16) (? shuffle true)))
   (setq optimizer (optim.Adam (net (parameters)) (? lr 0.05)))
   (loopcount epochs
      (loop batch loader
         (setq loss (F.cross_entropy (net (@ batch 0)) (@ batch 1)))
         (optimizer (zero_grad))
         (loss (backward))
         (optimizer (step))))
   (loss (item)))

(setq net (ConvNet))
(setq last_loss (train_pictures net 6))
(println "pictures learnt:" (< last_loss 0.2))
(println "parameters:" (sum (maplist (\(p) (p (numel))) (net (parameters)))))

; --- text -------------------------------------------------------------------------------

; Attention to what came before, then a small network, each added to its input.
(class@ Block (width heads
               (norm (nn.LayerNorm width))
               (attention (nn.MultiheadAttention width heads (? batch_first true)))
               (second_norm (nn.LayerNorm width))
               (network (nn.Sequential (nn.Linear width (* 4 width))
                                       (nn.GELU)
                                       (nn.Linear (* 4 width) width))))
   (from@ nn.Module)
   (defun forward (x mask)
      (setq seen (norm x))
      (setq attended (attention seen seen seen (? attn_mask mask) (? need_weights false)))
      (setq x (+ x (@ attended 0)))
      (+ x (network (second_norm x)))))

; Predicts the next letter from those before.
(class@ TinyGPT (vocabulary length (width 32)
                 (letters (nn.Embedding vocabulary width))
                 (places (nn.Embedding length width))
                 (blocks (nn.ModuleList (list (Block width 2) (Block width 2))))
                 (head (nn.Linear width vocabulary)))
   (from@ nn.Module)
   (defun forward (tokens)
      (setq seen (tokens.size 1))
      (setq x (+ (letters tokens) (places (torch.arange seen))))
      (setq mask (torch.triu (torch.ones seen seen (? dtype torch.bool)) (? diagonal 1)))
      (loop layer blocks (setq x (layer x mask)))
      (head x))
   (defun continue_text (tokens letters_wanted)
      (loopcount letters_wanted
         (setq logits (forward tokens))
         (setq next ((logits.select 1 -1) (argmax -1 (? keepdim true))))
         (setq tokens (torch.cat (list tokens next) 1)))
      tokens))

(setq text "hello world, ")
(setq alphabet (sort '< (unique (split text ""))))
(setq tokens (torch.tensor (list (maplist (\(c) (find alphabet c)) (split text "")))))

(defun train_text (gpt steps)
   (setq optimizer (optim.AdamW (gpt (parameters)) (? lr 0.01)))
   (setq inputs (tokens (narrow 1 0 (- (tokens.size 1) 1))))
   (setq targets (tokens (narrow 1 1 (- (tokens.size 1) 1))))
   (loopcount steps
      (setq logits (gpt inputs))
      (setq loss (F.cross_entropy (logits (transpose 1 2)) targets))
      (optimizer (zero_grad))
      (loss (backward))
      (optimizer (step)))
   (loss (item)))

(setq gpt (TinyGPT (size alphabet) 16))
(println "text learnt:" (< (train_text gpt 60) 0.1))
(gpt.eval)
(setq start (tokens (narrow 1 0 3)))
(setq continued (gpt (continue_text start 8)))
(println (join (maplist (\(i) (@ alphabet i)) ((continued.flatten) (tolist))) ""))
