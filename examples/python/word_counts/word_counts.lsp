; Counts the words of text files with collections.Counter and writes a JSON report.
(pyimport json)
(pyimport re)
(pyimport tempfile)
(pyimport "collections" [Counter])
(pyimport "pathlib" [Path])

(setq folder (Path (tempfile.mkdtemp)))

(defun write-samples ()
   (setq rose (/ folder "rose.txt"))
   (setq owl (/ folder "owl.txt"))
   (rose.write_text "A rose is a rose is a rose.")
   (owl.write_text "The owl is up, the rose is not."))

(defun words-of (path)
   (re.findall "[a-z]+" (lower (path.read_text))))

(defun count-words (paths)
   (setq total (Counter))
   (loop path paths
      (total.update (words-of path)))
   total)

(write-samples)
(setq paths (to_list (folder.glob "*.txt")))
(setq counts (count-words paths))
(println (size paths) "files," (counts.total) "words")
(loop pair (counts.most_common 3)
   (println (@ pair 0) (@ pair 1)))

(setq report (/ folder "report.json"))
(report.write_text (json.dumps counts (? indent 2) (? sort_keys true)))
(setq again (json.loads (report.read_text)))
(println (@ again "rose") (= again counts))
