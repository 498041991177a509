; LispE defines macros while it reads, wherever a definition stands
(defun area (radius)
   (defmacro square (side) (* side side))
   (println "area of" radius)
   (* _pi (square radius))
)
(println (area 2))
(if true
   (block
      (defmacro twice (form) (block form form))
      (twice (println "again"))
   )
)
(setq total 3)
(println (square total))
; a quoted definition is a list
(println '(defmacro square (side) 0))
