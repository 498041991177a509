"""Compiled from packets.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    greater,
    less,
    lists,
    ordering,
    parts,
    println,
    strings,
    text,
    to_integer,
    unknown_key,
)

# AoC 2021 day 16 style: packets
hex = "A0016C880162017C3686B18A3D4780"
bits = ""
for c in hex:
    b = strings.convert_in_base(strings.convert_in_base(c, 16, True), 2)
    bits += "0" * (4 - lists.size(b)) + str(b)
pos = 0
versions = 0


def take_(n):
    global pos
    s = parts.extract(bits, pos, pos + n)
    pos += n
    return s


def num(n):
    return strings.convert_in_base(take_(n), 2, True)


def literal():
    v = ""
    more = True
    while more:
        more = "1" == take_(1)
        v += take_(4)
    return strings.convert_in_base(v, 2, True)


def packet():
    global versions
    version = num(3)
    id = num(3)
    versions = versions + version
    if id == 4:
        return literal()
    subs = List()
    if "0" == take_(1):
        len = num(15)
        end = pos + len
        while pos < end:
            subs.append(packet())
    else:
        len = num(11)
        for i in range(len):
            subs.append(packet())
    match text(id):
        case "0":
            return lists.sum(subs)
        case "1":
            return lists.product(subs)
        case "2":
            return ordering.smallest(subs)
        case "3":
            return ordering.greatest(subs)
        case "5":
            return to_integer(greater(subs[0], subs[1]))
        case "6":
            return to_integer(less(subs[0], subs[1]))
        case "7":
            return to_integer(subs[0] == subs[1])
        case key:
            raise unknown_key(key)


packet()
print("versions", versions)
versions = 0
pos = 0
hex = "9C0141080250320F1802104A08"
bits = ""
for c in hex:
    b = strings.convert_in_base(strings.convert_in_base(c, 16, True), 2)
    bits += "0" * (4 - lists.size(b)) + str(b)
println("value", packet(), versions)
