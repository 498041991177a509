; Reads a table of sales with the csv module and prints totals by region and product.
(pyimport csv)
(pyimport "datetime" [date])

(defun read-sales (path)
   (with ((file (open path)))
      (maplist 'sale-of (csv.DictReader file))))

(defun sale-of (row)
   {"day":(date.fromisoformat (@ row "day"))
    "region":(@ row "region")
    "product":(@ row "product")
    "amount":(* (integer (@ row "count")) (float (@ row "price")))})

(defun totals (sales key)
   (setq sums {})
   (loop sale sales
      (+= (@ sums (@ sale key)) (@ sale "amount")))
   sums)

(defun print-table (title sums)
   (println title)
   (loop name (sort '< (keys@ sums))
      (println " " (name.ljust 10 ".") (stringf (@ sums name) "%9.2f"))))

(setq sales (read-sales (+ _current "sales.csv")))
(print-table "by region" (totals sales "region"))
(print-table "by product" (totals sales "product"))

(setq days (maplist (\(sale) (@ sale "day")) sales))
(println "from" (apply 'min days) "to" (apply 'max days))
