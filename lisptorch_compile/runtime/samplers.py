"""Small functions on logits (B, V) that choose, or rule out, the next token.

They compose: each takes logits and returns logits, and ``draw`` ends the chain. The
definitions are those of Hugging Face's ``generate``, so that results can be compared
token by token.
"""

from __future__ import annotations

import torch
from torch import Tensor


def penalize_repetition(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """Make the tokens that occur in ``ids`` less likely, once however often they occur.

    Args:
        logits: (B, V), any float dtype.
        ids: (B, T); ids outside the vocabulary are passed over.
        penalty: positive logits are divided, negative ones multiplied by it.

    Source: Keskar et al. 2019, "CTRL", arXiv:1909.05858, section 4.1, in the form of
    transformers' RepetitionPenaltyLogitsProcessor.
    """
    if penalty == 1:
        return logits
    penalized = torch.where(logits < 0, logits * penalty, logits / penalty)
    return torch.where(_occurring(ids, logits.size(-1)), penalized, logits)


def forbid_repeated_ngrams(logits: Tensor, ids: Tensor, size: int) -> Tensor:
    """Rule out each token that would repeat ``size`` successive tokens of ``ids``.

    Args:
        logits: (B, V), any float dtype.
        ids: (B, T).
        size: 0 forbids nothing.
    """
    if size == 0 or ids.size(1) < size:
        return logits
    ngrams = ids.unfold(1, size, 1)  # (B, T - size + 1, size)
    last = ids[:, ids.size(1) - size + 1 :].unsqueeze(1)  # (B, 1, size - 1)
    repeats = (ngrams[..., :-1] == last).all(dim=-1)  # (B, T - size + 1)
    following = ngrams[..., -1].masked_fill(~repeats, -1)
    return logits.masked_fill(_occurring(following, logits.size(-1)), -torch.inf)


def keep_top_k(logits: Tensor, k: int) -> Tensor:
    """Set all but the ``k`` largest of each row to -inf; equals of the k-th stay.

    ``k`` = 0 keeps all, as does a ``k`` beyond the vocabulary.
    """
    if k == 0:
        return logits
    smallest_kept = logits.topk(min(k, logits.size(-1))).values[..., -1:]
    return logits.masked_fill(logits < smallest_kept, -torch.inf)


def keep_top_p(logits: Tensor, p: float) -> Tensor:
    """Keep the fewest tokens whose probabilities reach ``p``; set the others to -inf.

    At least one stays; among equal logits the later ids do.

    Source: Holtzman et al. 2019, "The Curious Case of Neural Text Degeneration",
    arXiv:1904.09751, section 3.1.
    """
    ascending, order = logits.sort(stable=True)
    dropped = ascending.softmax(dim=-1).cumsum(dim=-1) <= 1 - p
    dropped[..., -1] = False
    return logits.masked_fill(dropped.scatter(-1, order, dropped), -torch.inf)


def draw(logits: Tensor) -> Tensor:
    """Return one token of each row, (B,), drawn with its probability."""
    return logits.softmax(dim=-1).multinomial(1).squeeze(1)


def _occurring(ids: Tensor, vocab_size: int) -> Tensor:
    """Return (B, V), True for the tokens among ``ids``; ids beyond V are ignored."""
    outside = (ids < 0) | (ids >= vocab_size)
    found = ids.new_zeros(ids.size(0), vocab_size + 1, dtype=torch.bool)
    return found.scatter_(1, ids.masked_fill(outside, vocab_size), True)[:, :-1]
