(defun total (prices) (sum prices))
