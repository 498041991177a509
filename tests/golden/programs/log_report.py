"""Compiled from log_report.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    Integers,
    List,
    Strings,
    at,
    dictionaries,
    higher_order,
    lists,
    parts,
    println,
    strings,
    text,
    to_integer,
)

# A report on a log: levels, dates, users.
log = """2024-01-01 10:00:01 INFO server started
2024-01-01 10:00:05 WARN slow query (250ms)
2024-01-01 10:01:00 ERROR timeout in module db
2024-01-02 09:00:00 INFO user=alice login
2024-01-02 09:05:00 INFO user=bob login
2024-01-02 09:06:30 ERROR timeout in module net
"""
entries = List()
for line in strings.split(log.strip(), "\n"):
    fields = strings.split(line, " ")
    entries.append(
        {
            "date": fields[0],
            "time": fields[1],
            "level": fields[2],
            "msg": " ".join(parts.extract(fields, 3, len(fields))),
        }
    )
print(len(entries), entries[1]["msg"])
bylevel = {}
bydate = dictionaries.tree_dictionary()
for e in entries:
    key = e["level"]
    bylevel[key] = bylevel.get(key, 0) + 1
    try:
        lists.push(bydate[e["date"]], e["level"])
    except Failure:
        bydate[e["date"]] = List([e["level"]])
for k in ["INFO", "WARN", "ERROR", "DEBUG"]:
    print(strings.padded(k, " ", 6) + text(bylevel.get(k) or 0))
println(bydate)
users = Strings.of(
    [parts.extract(e["msg"], "user=", " ") for e in entries if "user=" in e["msg"]]
)
println(users)
ms = Strings.of(
    [
        item
        for item in [parts.extract(e["msg"], "(", "ms)") for e in entries]
        if "" != item
    ]
)
println(ms, to_integer(lists.first(ms)))


def seconds_of(t):
    h, m, s = Integers(strings.split(t, ":"))
    return 3600 * h + 60 * m + s


println(Integers([seconds_of(e["time"]) for e in entries]))
errors = List([e for e in entries if e["level"] == "ERROR"])
println(
    higher_order.map_typed(lambda e: lists.last(strings.split(e["msg"], " ")), errors)
)
print(str(len(errors)) + " errors, first at " + at(lists.first(errors), "time"))
