; Lists of rows as text.

(defun cell (value width)
   (setq text (string value))
   (+ text (fill " " (- width (size text))))
)

(defun table (rows width)
   (setq text "")
   (loop row rows
      (+= text (trimright (join (maplist (\(value) (cell value width)) row) "")) "\n")
   )
   text
)
