"""Compiled from inventory.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    UNSET,
    Failure,
    Instance,
    LispError,
    List,
    Symbol,
    at,
    json_text,
    message,
    no_match,
    println,
    strings,
    to_integer,
)


# big program: inventory system with classes, patterns, files, json, formatting
class Item(Instance):
    def __init__(self, sku, name, price, qty=0):
        self.sku = sku
        self.name = name
        self.price = price
        self.qty = qty

    def value(self):
        return self.price * self.qty

    def restock(self, n):
        self.qty += n
        return self.qty

    def sell(self, n):
        if n > self.qty:
            raise LispError(f"out of stock: {self.name}")
        self.qty -= n
        return n * self.price


class Perishable(Item):
    def __init__(self, days, sku, name, price, qty=0):
        self.days = days
        super().__init__(sku, name, price, qty)

    def value(self):
        return super().value() * (0.5 if self.days < 3 else 1)

    def age(self, n):
        self.days = self.days - n


class Inventory(Instance):
    def __init__(self, items=UNSET, log=UNSET):
        self.items = {} if items is UNSET else items
        self.log = List() if log is UNSET else log

    def add_item(self, i):
        self.items[i.sku] = i
        return len(self.items)

    def find_item(self, sku):
        try:
            return self.items[sku]
        except Failure:
            raise LispError(f"unknown sku {sku}")

    def total(self):
        t = 0
        for k in self.items:
            it = at(self.items, k)
            t += it.value()
        return t

    def do_(self, items):
        match items:
            case ["sell", sku, n]:
                it = self.find_item(sku)
                r = it.sell(to_integer(n))
                self.log.append(List([Symbol("sold"), sku, n]))
                return r
            case ["restock", sku, n]:
                it = self.find_item(sku)
                return it.restock(to_integer(n))
            case ["total"]:
                return self.total()
            case [cmd, *_]:
                raise LispError(f"bad command {cmd}")
        raise no_match("do_")


inv = Inventory()
for i in [
    Item("A1", "bolt", 0.1, 100),
    Item("B2", "nut", 0.05, 250),
    Perishable(2, "C3", "milk", 1.5, 10),
]:
    inv.add_item(i)
script = """sell A1 30
restock B2 50
total
sell C3 11
sell Z9 1
dance
sell C3 2"""
for line in strings.split(script, "\n"):
    try:
        r = inv.do_(strings.split(line, " "))
    except Failure as error:
        e = message(error)
        r = "! " + strings.split(e, ", line")[0]
    println(strings.padded(line, " ", 14), "->", r)
println(inv.log)
rows = List()
for k in sorted(inv.items):
    it = inv.items[k]
    rows.append(
        List(
            [
                at(it, Symbol("sku")),
                at(it, Symbol("name")),
                at(it, Symbol("qty")),
                it.value(),
            ]
        )
    )
for r in rows:
    print(
        strings.padded(at(r, 0), " ", 4),
        strings.padded(at(r, 1), " ", 6),
        strings.formatted(at(r, 2), "%4d"),
        strings.formatted(at(r, 3), "%8.2f"),
    )
print(json_text.dumps(List([{"sku": r[0], "value": r[3]} for r in rows])))
