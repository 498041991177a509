"""Compiled from gpt_of_modules.lsp by lisptorch-compile."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from lisptorch_compile.runtime import (
    UNSET,
    List,
    add,
    higher_order,
    is_null,
    iterate,
    lists,
    println,
    to_integer,
)

# A GPT of nn.Module classes: layers as defaults of fields, a loop that trains, generation
torch.manual_seed(0)


class CausalSelfAttention(nn.Module):
    def __init__(self, dim, heads, qkv=UNSET, proj=UNSET):
        super().__init__()
        self.dim = dim
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim) if qkv is UNSET else qkv
        self.proj = nn.Linear(dim, dim) if proj is UNSET else proj

    def forward(self, x):
        B, T, C = x.size(0), x.size(1), x.size(2)
        q, k, v = self.qkv(x).split(C, dim=2)
        hd = to_integer(C / self.heads)
        q = q.view(B, T, self.heads, hd).transpose(1, 2)
        k = k.view(B, T, self.heads, hd).transpose(1, 2)
        v = v.view(B, T, self.heads, hd).transpose(1, 2)
        att = torch.matmul(q, k.transpose(-2, -1)) * (1.0 / math.sqrt(hd))
        mask = torch.tril(torch.ones(T, T))
        att = att.masked_fill(mask.eq(0), -1000000000.0)
        att = F.softmax(att, dim=-1)
        y = torch.matmul(att, v)
        y = y.transpose(1, 2).reshape(B, T, C)
        return self.proj(y)


class Block(nn.Module):
    def __init__(self, dim, heads, ln1=UNSET, ln2=UNSET, attn=UNSET, mlp=UNSET):
        super().__init__()
        self.dim = dim
        self.heads = heads
        self.ln1 = nn.LayerNorm(dim) if ln1 is UNSET else ln1
        self.ln2 = nn.LayerNorm(dim) if ln2 is UNSET else ln2
        self.attn = CausalSelfAttention(dim, heads) if attn is UNSET else attn
        self.mlp = (
            nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))
            if mlp is UNSET
            else mlp
        )

    def forward(self, x):
        x = x + self.attn(self.ln1(x))
        return x + self.mlp(self.ln2(x))


class GPT(nn.Module):
    def __init__(
        self,
        vocab,
        dim,
        heads,
        depth,
        block_size,
        wte=UNSET,
        wpe=UNSET,
        blocks=UNSET,
        ln_f=UNSET,
        lm_head=UNSET,
    ):
        super().__init__()
        self.vocab = vocab
        self.dim = dim
        self.heads = heads
        self.depth = depth
        self.block_size = block_size
        self.wte = nn.Embedding(vocab, dim) if wte is UNSET else wte
        self.wpe = nn.Embedding(block_size, dim) if wpe is UNSET else wpe
        self.blocks = (
            nn.ModuleList([Block(dim, heads) for i in range(1, depth + 1)])
            if blocks is UNSET
            else blocks
        )
        self.ln_f = nn.LayerNorm(dim) if ln_f is UNSET else ln_f
        self.lm_head = (
            nn.Linear(dim, vocab, bias=False) if lm_head is UNSET else lm_head
        )

    def forward(self, idx, targets=None):
        T = idx.size(1)
        pos = torch.arange(T)
        x = add(self.wte(idx), self.wpe(pos))
        for b in iterate(self.blocks):
            x = b(x)
        logits = self.lm_head(self.ln_f(x))
        if is_null(targets):
            return List([logits, None])
        return List(
            [logits, F.cross_entropy(logits.view(-1, self.vocab), targets.view(-1))]
        )

    def generate(self, idx, n):
        for i in range(n):
            logits = lists.first(self.forward(idx))
            nxt = torch.argmax(torch.select(logits, 1, -1), dim=-1, keepdim=True)
            idx = torch.cat([idx, nxt], dim=1)
        return idx


gpt = GPT(12, 16, 2, 2, 8)
print(sum(higher_order.map_typed(lambda p: p.numel(), gpt.parameters())))
x = torch.tensor([[1, 2, 3, 4, 5, 6, 7, 8]])
y = torch.tensor([[2, 3, 4, 5, 6, 7, 8, 9]])
opt = torch.optim.AdamW(gpt.parameters(), lr=0.02)
for step in range(30):
    logits, loss = gpt(x, y)
    opt.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(gpt.parameters(), 1.0)
    opt.step()
println(loss.item() < 0.2)
gpt.eval()
println(gpt.generate(torch.tensor([[1, 2]]), 4).tolist())
