; What `help` shows.
(defun area (width height)
   "The area of a rectangle."
   (* width height)
)
(println (area 2 3))
