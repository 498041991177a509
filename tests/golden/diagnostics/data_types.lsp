; each of these is refused, or warned of, where it stands
(data@ [Point _ _] 12)
(data@ [Line "a" Point])
(data@ Shape [Circle _])
(println (Shape 1))
(println (maybe (Point 1) "few"))
(println (maybe (Circle (? radius 1)) "named"))
(block (data@ [Inner _]))
(data alone)
