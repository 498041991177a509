(defun encode (text) (maplist 'ord text))
