; A field that only methods set is shown by its own name.
(class@ model (path)
   (defun configure (k) (setqi top-k k) (setqi class "A") (this)))
(class@ tuned (from@ model))
(println ((model "m") (configure 3)))
(println ((tuned "t") (configure 4)))
