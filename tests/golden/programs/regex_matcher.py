"""Compiled from regex_matcher.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Strings, lists, println


# regex matcher by patterns
def m(items, others):
    while True:
        match items:
            case []:
                return True
            case ["$"] if not others:
                return True
            case [c, "*", *r]:
                return star(c, Strings(r), others)
            case [_, *_] if not others:
                return None
            case [".", *r] if others:
                _, *s = others
                s = Strings(s)
                items, others = r, s
                continue
            case [c, *r]:
                match others:
                    case [c_2, *s] if c == c_2:
                        s = Strings(s)
                        items, others = r, s
                        continue
        return None


def star(c, r, s):
    while True:
        if m(r, s):
            return True
        if not s:
            return None
        if c != "." and c != s[0]:
            return None
        s = lists.rest(s)


def test(re, s):
    return m(Strings(re), Strings(s))


for p in [
    List(["abc", "abcd"]),
    List(["a*b$", "aaab"]),
    List(["a.c", "axc"]),
    List(["a.c", "ab"]),
    List(["x*y*z$", "z"]),
    List([".*d$", "abcd"]),
    List(["ab*c$", "abbbd"]),
]:
    println(p[0], p[1], test(p[0], p[1]))
