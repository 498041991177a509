"""Compiled from checksums.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import (
    Integers,
    List,
    Strings,
    add,
    characters,
    higher_order,
    parts,
    println,
    remainder,
    sequences,
    strings,
    to_integer,
    to_list,
)

# Checksums and codes: CRC-32, Adler-32, MD5, RSA, base 64, LZW, ROT13, Soundex
M32 = 4294967295


def crc_table():
    t = List()
    for n in range(256):
        c = n
        for _ in range(8):
            c = 3988292384 ^ c >> 1 if c & 1 else c >> 1
        t.append(c)
    return t


table = crc_table()


def crc32(s):
    c = M32
    for b in strings.byte_values(s):
        c = table[255 & (c ^ b)] ^ c >> 8
    return c ^ M32


print(strings.convert_in_base(crc32("The quick brown fox jumps over the lazy dog"), 16))


def adler(s):
    a = 1
    b = 0
    for c in strings.code_points(s):
        a = remainder(a + c, 65521)
        b = remainder(a + b, 65521)
    return b << 16 | a


print(adler("Wikipedia"))


def rotl(x, n):
    return M32 & (x << n | x >> 32 - n)


def rotr(x, n):
    return M32 & (x >> n | x << 32 - n)


S = List([7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21])
K = higher_order.map_typed(
    lambda i: int(float(math.floor(4294967296 * math.fabs(math.sin(i + 1))))),
    Integers(range(64)),
    None,
)


def md5(msg):
    data = higher_order.map_typed(to_integer, to_list(strings.byte_values(msg)), None)
    len_ = 8 * len(data)
    data.append(128)
    while 56 != len(data) % 64:
        data.append(0)
    for i in range(8):
        data.append(255 & len_ >> 8 * i)
    a0, b0, c0, d0 = 1732584193, 4023233417, 2562383102, 271733878
    for off in range(0, len(data), 64):
        w = []
        for j in sequences.towards(off, off + 64, 4):
            w.append(data[j] | data[j + 1] << 8 | data[j + 2] << 16 | data[j + 3] << 24)
        A = a0
        B = b0
        C = c0
        D = d0
        for i in range(64):
            if i < 16:
                f = B & C | M32 & ~B & D
                g = i
            elif i < 32:
                f = D & B | M32 & ~D & C
                g = (1 + 5 * i) % 16
            elif i < 48:
                f = B ^ C ^ D
                g = (5 + 3 * i) % 16
            else:
                f = C ^ (B | M32 & ~D)
                g = 7 * i % 16
            f = M32 & add(f, A, K[i], w[g])
            A = D
            D = C
            C = B
            B = M32 & add(B, rotl(f, S[4 * int(i / 16) + i % 4]))
        a0 = M32 & add(a0, A)
        b0 = M32 & add(b0, B)
        c0 = M32 & add(c0, C)
        d0 = M32 & add(d0, D)
    out = ""
    for v in [a0, b0, c0, d0]:
        for i in range(4):
            out += strings.formatted(255 & v >> 8 * i, "%02x")
    return out


print(md5(""), md5("abc"))


def modpow(b, e, m):
    r = 1
    while e > 0:
        if 1 == remainder(e, 2):
            r = remainder(r * b, m)
        b = remainder(b * b, m)
        e = e >> 1
    return r


def egcd(a, b):
    if b == 0:
        return List([a, 1, 0])
    g, x, y = egcd(b, remainder(a, b))
    return List([g, y, x - y * int(a / b)])


def modinv(a, m):
    x = egcd(a, m)[1]
    return remainder(remainder(x, m) + m, m)


p = 61
q = 53
n = p * q
phi = (p - 1) * (q - 1)
d = modinv(17, phi)
c = modpow(65, 17, n)
print(n, phi, d, c, modpow(c, d, n))


def b64(s):
    al = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    bs = strings.byte_values(s)
    out = ""
    for i in range(0, len(bs), 3):
        k = min(3, len(bs) - i)
        v = 0
        for j in range(3):
            v = v << 8 | (bs[i + j] if j < k else 0)
        for j in range(4):
            out += al[63 & v >> 18 - 6 * j] if j <= k else "="
    return out


print(
    b64("Man"),
    b64("hello"),
    strings.to_base64("hello"),
    strings.from_base64("aGVsbG8="),
)


def lzw(s):
    d = {}
    for i in range(256):
        d[chr(i)] = i
    w = ""
    r = List()
    for c in s:
        if d.get(w + c) is None:
            r.append(d[w])
            d[w + c] = len(d)
            w = c
        else:
            w += c
    if w != "":
        r.append(d[w])
    return r


println(lzw("TOBEORNOTTOBEORTOBEORNOT"))


def rot13(s):
    def transform(c):
        if characters.is_alpha(c):
            b = 65 if characters.is_upper(c) else 97
            return chr(b + remainder(13 + (strings.code_points(c)[0] - b), 26))
        return c

    return "".join(higher_order.map_typed(transform, s))


print(rot13("Hello, World"), rot13(rot13("Hello")))
print(
    "".join(
        [
            chr(a ^ b)
            for a, b in higher_order.zipped(
                strings.code_points("abc"), strings.code_points("   ")
            )
        ]
    )
)


def soundex_code(c, codes):
    for k, code in codes.items():
        if c in k:
            return code
    return ""


def soundex(w):
    codes = {"BFPV": "1", "CGJKQSXZ": "2", "DT": "3", "L": "4", "MN": "5", "R": "6"}
    w = w.upper()
    out = w[0]
    prev = soundex_code(w[0], codes)
    for c in parts.extract(w, 1, len(w)):
        k = soundex_code(c, codes)
        if k != "" and k != prev:
            out += k
        if c not in "HW":
            prev = k
    return f"{out}000"[:4]


println(
    Strings.of(
        [
            soundex(word)
            for word in ["Robert", "Rupert", "Rubin", "Ashcraft", "Tymczak", "Pfister"]
        ]
    )
)
