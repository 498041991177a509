; Splits a log by level: files under `with`, what goes wrong caught.
(pyimport contextlib)
(pyimport tempfile)
(pyimport "pathlib" [Path])

(setq folder (Path (tempfile.mkdtemp)))
(setq log (/ folder "server.log"))

(defun write-log ()
   (with ((out (open log "w")))
      (out.write "INFO start\n")
      (out.write "ERROR disk full\n")
      (out.write "INFO retry\n")
      (out.write "oops\n")
      (out.write "ERROR no disk\n")))

(defun parsed (line)
   (setq parts (split line " "))
   (check (< (size parts) 2) (throw (+ "no level in: " line)))
   (list (car parts) (join (cdr parts) " ")))

; Returns how many lines could not be read.
(defun split-log ()
   (setq bad 0)
   (with ((lines (open log))
          (errors (open (/ folder "errors.txt") "w"))
          (others (open (/ folder "others.txt") "w")))
      (loop line lines
         (maybe
            (setq (level message) (parsed (trim line)))
            (if (= level "ERROR")
               (errors.write (+ message "\n"))
               (others.write (+ message "\n")))
            (+= bad 1))))
   bad)

(write-log)
(println "unreadable:" (split-log))
(with ((errors (open (/ folder "errors.txt"))))
   (println (trim (errors.read))))
(println (maybe (with ((f (open (/ folder "missing.txt")))) (f.read)) "no such file"))

; Whatever is printed inside goes to a text.
(pyimport io)
(setq printed (io.StringIO))
(with ((contextlib.redirect_stdout printed))
   (println "hidden"))
(println "caught:" (trim (printed.getvalue)))
