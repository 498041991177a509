"""Compiled from springs.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    add,
    at,
    is_null,
    less,
    lists,
    parts,
    println,
    sequences,
    strings,
)

# springs with memo
cache = {}


def arrangements(s, groups):
    key = s + ":" + strings.join(groups, ",")
    known = cache.get(key)
    if known is not None:
        return known
    if is_null(groups):
        r = 0 if "#" in s else 1
    elif less(len(s), add(lists.sum(groups), len(groups), -1)):
        r = 0
    else:
        n = 0
        g = lists.first(groups)
        if s[0] != "#":
            n = n + arrangements(parts.extract(s, 1, len(s)), groups)
        bloc = parts.extract(s, 0, g)
        if "." not in bloc and len(bloc) == g and (len(s) == g or at(s, g) != "#"):
            n = n + arrangements(parts.extract(s, g + 1, len(s)), lists.rest(groups))
        r = n
    cache[key] = r
    return r


t1 = 0
t2 = 0
for l in strings.split(
    "???.### 1,1,3\n.??..??...?##. 1,1,3\n?#?#?#?#?#?#?#? 1,3,1,6\n????.#...#... 4,1,1\n????.######..#####. 1,6,5\n?###???????? 3,2,1",
    "\n",
):
    s, g = strings.split(l, " ")
    g = Integers(strings.split(g, ","))
    t1 = t1 + arrangements(s, g)
    s5 = strings.join(List([s] * 5), "?")
    g5 = lists.flatten(sequences.replicate(5, g))
    v = arrangements(s5, g5)
    println(v)
    t2 = t2 + v
print(t1, t2)
