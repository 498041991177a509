; Files and JSON: written, read back, taken apart. TMPDIR says where.

(setq path (+ (getenv "TMPDIR") "/lispe-example.json"))
(setq scores {"Ann":(list 3 5) "Bob":(list 8)})
(fwrite path (json scores))

(setq again (json_parse (fread path)))
(println (= again scores) (@ again "Ann" 1))

(loop name (sort '< (keys@ again))
   (println name "has" (sum (@ again name)) "points")
)
(println (file_exists path) (maybe (fread (+ path ".none")) "no such file"))
