"""Compiled from word_workshop.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Symbol,
    apl,
    at,
    dictionaries,
    higher_order,
    is_null,
    json_text,
    lexers,
    lists,
    ordering,
    parts,
    printing,
    println,
    regex,
    remainder,
    set_at,
    strings,
    to_integer,
    truth,
)

# Tokens, grammars, machines of states, tries, tables, queries
rg = lexers.tokenizer()
println(lexers.tokenize(rg, "x1 = 3.5*(y+2)"))
println(lexers.segment("if (a >= 10) then"), lexers.segment_all("a b"))
grammar = {
    "S": List(["NP VP"]),
    "NP": List(["the N", "a N"]),
    "VP": List(["V NP"]),
    "N": List(["cat", "dog"]),
    "V": List(["sees", "likes"]),
}
picks = List([0, 0, 1, 1, 0, 1, 1, 0, 0])
pi_ = -1


def pick(l):
    global pi_
    pi_ += 1
    return l[remainder(picks[remainder(pi_, len(picks))], len(l))]


def expand(w):
    if grammar.get(w):
        return " ".join([expand(word) for word in strings.split(pick(grammar[w]), " ")])
    return w


print(expand("S"))
fsm = {
    "idle:coin": "ready",
    "ready:push": "idle",
    "ready:coin": "ready",
    "idle:push": "idle",
}
state = "idle"
for ev in ["push", "coin", "coin", "push"]:
    nxt = fsm[f"{state}:{ev}"]
    print(f"{state} --{ev}--> {nxt}")
    state = nxt
text = "one fish two fish red fish blue fish"
chain = {}
ws = strings.split(text, " ")
for a, b in zip(parts.extract(ws, 0, -1), lists.rest(ws)):
    try:
        lists.push(chain[a], b)
    except Failure:
        chain[a] = List([b])
println(chain["fish"], len(chain))


def wrap(s, n):
    lines = List()
    cur = ""
    for w in strings.split(s, " "):
        if len(cur) + 1 + len(w) > n:
            lines.append(cur.strip())
            cur = w
        else:
            cur += f" {w}"
    lines.append(cur.strip())
    return lines


for l in wrap(text, 15):
    print(l)
trie = {}


def add_word(w):
    node = trie
    for c in w:
        if not truth(dictionaries.key(node, c)):
            set_at(node, c, {})
        node = at(node, c)
    set_at(node, "$", True)


for w in ["car", "cat", "dog"]:
    add_word(w)


def has_word(w):
    node = trie
    for c in w:
        node = dictionaries.key(node, c)
        if is_null(node):
            return None
    return dictionaries.key(node, "$")


println(
    has_word("cat"),
    has_word("ca"),
    has_word("cow"),
    dictionaries.keys(at(trie, "c", "a")),
)


def table(rows):
    widths = higher_order.map_typed(
        lambda col: ordering.greatest(higher_order.map_typed(lists.size, col)),
        apl.transpose(rows),
    )
    for r in rows:
        print(
            "|".join(
                [strings.padded(c, " ", w) for c, w in higher_order.zipped(r, widths)]
            )
        )


table(List([List(["name", "age"]), List(["Al", "7"]), List(["Barbara", "42"])]))
html = "<p>Hi <b>you</b></p>"
print(
    regex.replace(regex.prgx("<[^>]+>"), html, ""),
    regex.replace(regex.rgx("<{%a /}+>"), html, ""),
)
println(
    regex.find_all(regex.prgx("<(\\w+)>"), html),
    regex.split(regex.prgx("\\s*,\\s*"), "a , b,c ,d"),
)
println(
    regex.find_all(regex.rgx("{aeiou}+"), "queueing banana"),
    regex.find_bounds(regex.rgx("%C%c+"), "see Bob run"),
)
println(
    regex.matches(regex.rgx("%d%d(%d)/%a+"), "12/ab"),
    regex.matches(regex.rgx("%d%d(%d)/%a+"), "123/ab"),
)


def parse_query(q):
    d = {}
    for kv in strings.split(q, "&"):
        k, v = strings.split(kv, "=")
        d[k] = v
    return d


println(parse_query("a=1&b=two"))
csv = "id,name,score\n1,Ann,90\n2,Bob,75\n3,Cyd,82"
ls_ = strings.split(csv, "\n")
head = strings.split(lists.first(ls_), ",")
recs = List(
    [dictionaries.dictionary(head, strings.split(l, ",")) for l in lists.rest(ls_)]
)
println(recs[1]["name"], sum([to_integer(r["score"]) for r in recs]) / len(recs))
println(
    higher_order.map_typed(
        lambda r: r["name"],
        ordering.sort(
            lambda a, b: to_integer(a["score"]) > to_integer(b["score"]), recs
        ),
    )
)
print(json_text.dumps(lists.first(recs)))
print(
    printing.prettify(
        List(
            [
                Symbol("defun"),
                Symbol("f"),
                List([Symbol("x")]),
                List([Symbol("+"), Symbol("x"), 1]),
            ]
        ),
        80,
    )
)
println(
    "a.b.c".replace(".", "/"),
    "x" + "=" * 5 + "x",
    parts.extract("hello", 0, 1).upper(),
    strings.byte_values("AB"),
)
