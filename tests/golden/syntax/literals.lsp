; Every way to write a number, a text, a list.
(println 0x1F 5.0 1e3 -2.50 2.5e-3 -7)
(println "a\tb" `a\tb` "say \"hi\"" (size "été") "")
(println '[a [1 2]] '(x . y) '"quoted" ''z)
(println {a:1 "b":[+ 1 2]} {1 2 3} {})
(println nil () true (list))
