"""Generation with a language model's cache, against transformers' ``generate``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from tiny_models import SIZES, Reference, reference
from torch import Tensor

from lisptorch_compile.runtime import generate, hf, hf_lora
from lisptorch_compile.runtime.generate import Generator
from lisptorch_compile.runtime.models import CausalLM, ForeignLM

pytest.importorskip("transformers")

#: With grouped queries, with windows, with learned positions.
FAMILIES = ("llama-3.1", "mistral", "gpt2")
_COMMON = {"eos_token_id": 5, "pad_token_id": 0}
_DEFAULTS = {"do_sample": False, "top_k": 0, "top_p": 1.0, "max_new_tokens": 14}


@pytest.fixture(scope="module", params=FAMILIES)
def known(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Reference:
    return reference(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module")
def generator(known: Reference) -> Generator:
    made = Generator(hf.load_model(str(known.folder)))
    made.configure({"max_length": 14, **_COMMON})
    return made


def theirs(known: Reference, ids: Tensor, mask: Tensor, **options: Any) -> Tensor:
    model: Any = known.model
    settings = {**_DEFAULTS, **_COMMON, **options}
    generated: Tensor = model.generate(ids, attention_mask=mask, **settings)
    return generated


def prompts(count: int = 3) -> Tensor:
    generator = torch.Generator().manual_seed(4)
    return torch.randint(6, 101, (count, 9), generator=generator)


STRATEGIES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"strategy": "greedy"}, {}),
    (
        {"strategy": "greedy", "repetition_penalty": 1.4, "no_repeat_ngram_size": 2},
        {"repetition_penalty": 1.4, "no_repeat_ngram_size": 2},
    ),
    (
        {"strategy": "top_k", "top_k": 6, "temperature": 0.8},
        {"do_sample": True, "top_k": 6, "temperature": 0.8},
    ),
    (
        {"strategy": "top_p", "top_p": 0.7, "temperature": 1.2},
        {"do_sample": True, "top_p": 0.7, "temperature": 1.2},
    ),
]


@pytest.mark.parametrize(("ours", "other"), STRATEGIES)
def test_batches_equal_those_of_transformers(
    generator: Generator,
    known: Reference,
    ours: dict[str, Any],
    other: dict[str, Any],
) -> None:
    ids = prompts()
    torch.manual_seed(8)
    expected = theirs(known, ids, torch.ones_like(ids), **other)
    torch.manual_seed(8)
    assert generator._once(ids, **ours).tolist() == expected.tolist()


@pytest.mark.parametrize("beams", [2, 5])
def test_beam_search_equals_that_of_transformers(
    generator: Generator, known: Reference, beams: int
) -> None:
    for row in prompts(4):
        expected = theirs(known, row[None], torch.ones(1, 9), num_beams=beams)
        assert generator.beam_search(row, 14, beams).tolist() == expected[0].tolist()


def test_uneven_prompts_are_one_batch_padded_on_the_left(
    generator: Generator, known: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = prompts()
    mask = torch.ones_like(ids)
    mask[1, :4] = mask[2, :7] = 0
    expected = theirs(known, ids * mask, mask)
    passes = counted_passes(monkeypatch)
    rows = [row[kept == 1].tolist() for row, kept in zip(ids, mask, strict=True)]
    found = generator.greedy(rows)
    assert len(passes) <= 14 and {batch for batch, _ in passes} == {3}
    for row, other, kept in zip(found, expected, mask, strict=True):
        wanted = other[int((kept == 0).sum()) :].tolist()
        assert row[: len(wanted)].tolist() == wanted
        assert set(row[len(wanted) :].tolist()) <= {0}


def test_each_token_is_read_once(
    generator: Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes = counted_passes(monkeypatch)
    generator.beam_search(prompts(1)[0], 6, 3)
    assert [length for _, length in passes] == [9] + [1] * (len(passes) - 1)


def counted_passes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Return a list that gets the shape of the ids of each pass through a decoder."""
    passes: list[tuple[int, int]] = []
    forward = CausalLM.forward

    def recorded(self: CausalLM, ids: Tensor, **more: Any) -> Tensor:
        passes.append((ids.size(0), ids.size(1)))
        return forward(self, ids, **more)

    monkeypatch.setattr(CausalLM, "forward", recorded)
    return passes


def test_rows_that_ended_are_filled_with_any_padding(generator: Generator) -> None:
    rows = prompts(6)
    alone = [generator.greedy(row) for row in rows]
    beyond = Generator(generator.model)
    beyond.configure({"max_length": 14, "eos_token_id": 5, "pad_token_id": 50256})
    together = beyond.greedy(rows)
    for row, single in zip(together, alone, strict=True):
        assert row[: len(single)].tolist() == single.tolist()
        assert set(row[len(single) :].tolist()) <= {50256}


def test_ids_beyond_the_vocabulary_are_an_error(generator: Generator) -> None:
    for strategy in generate.STRATEGIES:
        with pytest.raises(IndexError, match="from 3 to 999, beyond the model's vocab"):
            generator._once([3, 999], strategy=strategy)


def test_generator_finds_a_model_by_its_name(known: Reference, tmp_path: Path) -> None:
    name = hf.load_model_lora("adapted", str(known.folder))
    hf_lora.init(name, 2, 4, ["down_proj"])
    made = Generator("adapted")
    made.configure({"max_length": 5, **_COMMON})
    expected = theirs(known, prompts(1), torch.ones(1, 9), max_new_tokens=5)
    assert made.generate(prompts(1)).tolist() == expected.tolist()


# --- models of transformers ---------------------------------------------------------------


def test_models_of_transformers_read_each_token_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import transformers

    torch.manual_seed(0)
    config = transformers.StableLmConfig(**SIZES)
    model = transformers.AutoModelForCausalLM.from_config(config).eval()
    model.save_pretrained(tmp_path)
    known = Reference(tmp_path, model)
    made = Generator(hf.load_model(str(tmp_path)))
    made.configure({"max_length": 8, **_COMMON})
    lengths: list[int] = []
    forward = ForeignLM.forward

    def counted(self: ForeignLM, ids: Tensor, **more: Any) -> Tensor:
        lengths.append(ids.size(1))
        return forward(self, ids, **more)

    monkeypatch.setattr(ForeignLM, "forward", counted)
    ids = prompts(2)
    mask = torch.ones_like(ids)
    wanted = theirs(known, ids, mask, max_new_tokens=8)
    assert made.generate(ids, "greedy").tolist() == wanted.tolist()
    assert lengths == [9, *[1] * (wanted.size(1) - 10)]
    beams = theirs(known, ids[:1], mask[:1], max_new_tokens=8, num_beams=3)
    assert made.beam_search(ids[0], num_beams=3).tolist() == beams[0].tolist()
