"""Samplers by number, strategies on models whose answers are known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lisptorch_compile.runtime import generate, layers, samplers
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.generate import Generator
from tests.runtime.torch.reference import assert_close

LOGITS = torch.tensor([[1.0, 2.0, 3.0, 4.0, 0.5]])


class Successor(nn.Module):
    """A language model that is sure of ``id + 1``, modulo V."""

    def __init__(self, vocab_size: int = 10) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(50.0))
        self.vocab_size = vocab_size

    def forward(self, ids: Tensor) -> Tensor:
        following = (ids + 1) % self.vocab_size
        return F.one_hot(following, self.vocab_size) * self.scale  # (B, T, V)


class Bigram(nn.Module):
    """A language model whose next token depends on the last one by a table."""

    def __init__(self, probabilities: Sequence[Sequence[float]]) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.tensor(probabilities).log())

    def forward(self, ids: Tensor) -> Tensor:
        return self.table[ids]


#: The chain on which greedy search is short-sighted.
CHAIN = [[1e-9, 0.6, 0.4], [0.34, 0.33, 0.33], [0.9, 0.05, 0.05]]


def ready(model: Any, **options: object) -> Generator:
    generator = Generator(model)
    generator.configure(options)
    return generator


def random_model(vocab_size: int = 12, seed: int = 3) -> Bigram:
    torch.manual_seed(seed)
    return Bigram(torch.rand(vocab_size, vocab_size).tolist())


# --- samplers -------------------------------------------------------------------------


def test_top_k_after_temperature_is_the_reference_number() -> None:
    kept = samplers.keep_top_k(LOGITS / 0.8, 2).softmax(-1)
    assert_close(kept, [0, 0, 0.222700, 0.777300, 0])


@pytest.mark.parametrize(
    ("p", "temperature", "expected"),
    [
        (0.9, 1.0, [0, 0.0900306, 0.244728, 0.665241, 0]),
        (0.95, 0.8, [0, 0.0599778, 0.209343, 0.730679, 0]),
        (0.5, 1.0, [0, 0, 0, 1, 0]),
    ],
)
def test_top_p_is_the_reference_number(
    p: float, temperature: float, expected: list[float]
) -> None:
    assert_close(samplers.keep_top_p(LOGITS / temperature, p).softmax(-1), expected)


def test_ties_keep_the_later_ids_in_top_p_and_all_in_top_k() -> None:
    assert_close(
        samplers.keep_top_p(torch.ones(1, 4), 0.5).softmax(-1), [0, 0, 0.5, 0.5]
    )
    tied = torch.tensor([[1.0, 2.0, 2.0]])
    assert_close(samplers.keep_top_k(tied, 1).softmax(-1), [0, 0.5, 0.5])


def test_top_k_beyond_the_vocabulary_keeps_all() -> None:
    assert torch.equal(samplers.keep_top_k(LOGITS, 99), LOGITS)
    assert torch.equal(samplers.keep_top_k(LOGITS, 0), LOGITS)


def test_top_p_of_zero_keeps_one() -> None:
    assert samplers.keep_top_p(LOGITS, 0.0).isfinite().tolist() == [
        [False, False, False, True, False]
    ]


def test_repetition_penalty_is_the_reference_number() -> None:
    logits = torch.tensor([[1.0, 2.0, 3.0, -4.0, 0.5]])
    ids = torch.tensor([[3, 0, 3, 99]])
    penalized = samplers.penalize_repetition(logits, ids, 1.1)
    assert_close(penalized, [0.909091, 2, 3, -4.4, 0.5])


def test_ngrams_are_not_repeated() -> None:
    ids = torch.tensor([[1, 2, 3, 1, 2], [4, 4, 0, 1, 2]])
    allowed = samplers.forbid_repeated_ngrams(torch.zeros(2, 5), ids, 3).isfinite()
    assert allowed.tolist() == [[True, True, True, False, True], [True] * 5]
    none_seen = samplers.forbid_repeated_ngrams(torch.zeros(2, 5), ids, 1).isfinite()
    assert none_seen.tolist() == [
        [True, False, False, False, True],
        [False, False, False, True, False],
    ]


def test_draws_follow_the_probabilities() -> None:
    drawn = samplers.draw(torch.tensor([[0.2, 0.8]]).log().expand(5000, 2))
    assert drawn.float().mean().item() == pytest.approx(0.8, abs=0.03)


# --- strategies -----------------------------------------------------------------------


@pytest.mark.parametrize("strategy", generate.STRATEGIES)
def test_forced_logits_give_the_forced_sequence(strategy: str) -> None:
    generator = ready(Successor(), max_length=5, eos_token_id=99)
    result = generator.generate([3, 4], strategy)
    assert result.dtype == torch.int64
    assert result.tolist() == [3, 4, 5, 6, 7, 8, 9]
    assert generator.config.strategy == strategy


@pytest.mark.parametrize("strategy", generate.STRATEGIES)
def test_changed_weights_change_the_text(strategy: str) -> None:
    model = Successor()
    generator = ready(model, max_length=4, temperature=0.1, top_k=1, top_p=0.1)
    before = generator.generate([3], strategy)
    with torch.no_grad():
        model.scale.fill_(-50.0)
    assert not torch.equal(generator.generate([3], strategy), before)


@pytest.mark.parametrize("strategy", generate.STRATEGIES)
def test_end_token_is_appended_and_ends(strategy: str) -> None:
    generator = ready(Successor(), max_length=50, eos_token_id=6)
    assert generator.generate([3], strategy).tolist() == [3, 4, 5, 6]
    generator.configure({"eos_token_id": [9, 5]})
    assert generator.generate([3], strategy).tolist() == [3, 4, 5]


@pytest.mark.parametrize("strategy", generate.STRATEGIES)
def test_rows_that_end_early_are_padded(strategy: str) -> None:
    generator = ready(Successor(), max_length=50, eos_token_id=6, pad_token_id=0)
    result = generator.generate(torch.tensor([[3], [5]]), strategy)
    assert result.tolist() == [[3, 4, 5, 6], [5, 6, 0, 0]]


@pytest.mark.parametrize("strategy", ["greedy", "beam_search"])
def test_uneven_rows_give_what_each_gives_alone(strategy: str) -> None:
    generator = ready(random_model(), max_length=4, eos_token_id=99, pad_token_id=0)
    prompts = [[5], [1, 2, 3], [7, 8]]
    alone = [generator.generate(prompt, strategy).tolist() for prompt in prompts]
    together = generator.generate(prompts, strategy).tolist()
    assert [
        row[: len(single)] for row, single in zip(together, alone, strict=True)
    ] == (alone)
    padded = torch.tensor([[5, 0, 0], [1, 2, 3], [7, 8, 0]])
    assert generator.generate(padded, strategy).tolist() == together


def test_greedy_takes_the_likeliest_token() -> None:
    generator = ready(Bigram(CHAIN), max_length=2)
    assert generator.generate([0]).tolist() == [0, 1, 0]


def test_beam_search_finds_the_likeliest_sequence() -> None:
    generator = ready(Bigram(CHAIN), max_length=2, num_beams=2)
    assert generator.generate([0], "beam_search").tolist() == [0, 2, 0]
    assert math.log(0.4 * 0.9) == pytest.approx(-1.02165, rel=1e-5)


def test_wide_beam_search_equals_exhaustive_search() -> None:
    model, length, vocab_size = random_model(4), 3, 4
    result = ready(model, max_length=length, num_beams=64).generate([1], "beam_search")
    log_probs = model.table.detach().log_softmax(-1)
    grids = torch.meshgrid(*[torch.arange(vocab_size)] * length, indexing="ij")
    paths = torch.stack([grid.flatten() for grid in grids], dim=1)
    paths = F.pad(paths, (1, 0), value=1)  # the prompt
    totals = log_probs[paths[:, :-1], paths[:, 1:]].sum(dim=1)
    assert result.tolist() == paths[totals.argmax()].tolist()


def test_beam_search_weighs_ended_sequences_by_their_mean() -> None:
    # ending at once has the mean log 0.45, three tokens without end log(0.45·0.9·0.9)/3
    model = Bigram([[0.1, 0.45, 0.45], [0.05, 0.9, 0.05], [0.3, 0.3, 0.4]])
    generator = ready(model, max_length=3, num_beams=2, eos_token_id=2)
    assert generator.generate([0], "beam_search").tolist() == [0, 1, 1, 1]


def test_beam_search_stops_when_no_beam_can_win() -> None:
    calls = []
    model = Bigram([[0.01, 0.01, 0.98], [0.4, 0.4, 0.2], [0.4, 0.3, 0.3]])

    def counted(ids: Tensor) -> Any:
        calls.append(ids.shape)
        return model(ids)

    generator = ready(counted, max_length=50, num_beams=2, eos_token_id=2)
    assert generator.generate([0], "beam_search").tolist() == [0, 2]
    assert len(calls) < 10


@pytest.mark.parametrize("strategy", ["top_k", "top_p"])
def test_sampling_follows_the_seed(strategy: str) -> None:
    generator = ready(random_model(), max_length=20, temperature=1.5, top_p=1.0)
    texts = []
    for seed in (1, 1, 2):
        torch.manual_seed(seed)
        texts.append(generator.generate([1], strategy).tolist())
    assert texts[0] == texts[1] != texts[2]


def test_top_k_draws_only_from_the_likeliest() -> None:
    model = Bigram([[0.4, 0.3, 0.2, 0.1]] * 4)
    generator = ready(model, max_length=200, top_k=2, eos_token_id=99)
    assert set(generator.generate([0], "top_k").tolist()) == {0, 1}
    generator.configure({"top_p": 0.75})  # 0.4 + 0.3 < 0.75 ≤ 0.4 + 0.3 + 0.2
    assert set(generator.generate([0], "top_p").tolist()) == {0, 1, 2}


@pytest.mark.parametrize("options", [{"temperature": 0}, {"do_sample": None}])
def test_sampling_without_chance_is_greedy(options: dict[str, Any]) -> None:
    generator = ready(random_model(), max_length=10, **options)
    greedy = generator.greedy([1])
    assert torch.equal(generator.generate([1], "top_k"), greedy)
    assert torch.equal(generator.generate([1], "top_p"), greedy)


def test_repetition_penalty_and_ngrams_act_on_every_strategy() -> None:
    stuck = Bigram([[0.9, 0.06, 0.04]] * 3)
    generator = ready(stuck, max_length=2, num_beams=2)
    assert generator.generate([0]).tolist() == [0, 0, 0]
    generator.configure({"no_repeat_ngram_size": 1})
    assert generator.generate([0]).tolist() == [0, 1, 2]
    assert generator.generate([0], "beam_search").tolist() == [0, 1, 2]
    generator.configure({"no_repeat_ngram_size": 0, "repetition_penalty": 1e6})
    assert generator.generate([0], "greedy").tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "options",
    [
        {"strategy": "greedy", "repetition_penalty": 1.3},
        {"strategy": "greedy", "no_repeat_ngram_size": 2},
        {"strategy": "beam_search", "num_beams": 3},
        {"strategy": "beam_search", "num_beams": 4, "repetition_penalty": 1.2},
        {"strategy": "top_k", "top_k": 5, "temperature": 0.7},
        {"strategy": "top_p", "top_p": 0.8, "temperature": 1.3},
    ],
)
def test_tokens_equal_those_of_transformers(options: dict[str, Any]) -> None:
    transformers = pytest.importorskip("transformers", reason="an extra, not required")
    sizes = {"vocab_size": 17, "hidden_size": 16, "intermediate_size": 32}
    heads = {"num_attention_heads": 2, "num_key_value_heads": 2}
    config = transformers.LlamaConfig(num_hidden_layers=2, **sizes, **heads)
    model = transformers.LlamaForCausalLM(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(12)  # so that it is not indifferent
    prompt = torch.randint(2, 17, (3, 4))
    common = {"eos_token_id": 3, "pad_token_id": 1}
    torch.manual_seed(5)
    ours = ready(model, max_length=12, **common, **options).generate(prompt)
    others = {key: value for key, value in options.items() if key != "strategy"}
    samples = options["strategy"] in ("top_k", "top_p")
    defaults = {"do_sample": samples, "max_new_tokens": 12, "top_k": 0, "top_p": 1.0}
    mask = torch.ones_like(prompt)
    torch.manual_seed(5)
    theirs = model.generate(
        prompt, attention_mask=mask, **{**defaults, **common, **others}
    )
    assert ours.tolist() == theirs.tolist()


# --- models ---------------------------------------------------------------------------


def test_readme_generator_with_an_mlp() -> None:
    model = layers.MLP(8, 32, 64)
    generator = Generator(model, "cpu")
    options = {
        "max_length": 50,
        "temperature": 0.8,
        "top_k": 40,
        "top_p": 0.9,
        "strategy": "greedy",
        "repetition_penalty": 1.1,
        "eos_token_id": 50256,
    }
    assert generator.configure(options) == "Generator configured successfully"
    text = "TorchGenerator(max_length=50, temperature=0.8, strategy=greedy)"
    assert str(generator) == text
    assert generator.set_params(50, 0.8, 40, 0.9) == "Generation parameters updated"
    prompt = torch.tensor([15339, 1332])
    for strategy in generate.STRATEGIES:
        result = generator.generate(prompt, strategy)
        assert result.shape == (52,)
        assert result[:2].tolist() == [15339, 1332]
        assert 0 <= int(result[2:].min()) <= int(result[2:].max()) < 64
    assert torch.equal(generator.greedy(prompt), generator.greedy(prompt))


def test_mlp_sees_the_last_ids_as_numbers_after_zeros() -> None:
    model = layers.MLP(4, 8, 6)
    with torch.no_grad():
        first = int(model(torch.tensor([0.0, 0.0, 5.0, 3.0])).argmax())
        last = int(model(torch.tensor([1.0, 4.0, 5.0, 3.0])).argmax())
    generator = ready(model, max_length=1)
    assert generator.generate([5, 3]).tolist() == [5, 3, first]
    assert generator.generate([2, 1, 4, 5, 3]).tolist() == [2, 1, 4, 5, 3, last]


def test_functions_and_hugging_face_outputs_give_logits() -> None:
    class Output:
        def __init__(self, logits: Tensor) -> None:
            self.logits = logits

    model = Successor()
    answers = (
        lambda ids: model(ids)[:, -1],  # (B, V)
        lambda ids: model(ids)[0],  # (T, V), a single sequence
        lambda ids: model(ids)[0, -1].tolist(),  # a list
        lambda ids: Output(model(ids)),
    )
    for answer in answers:
        assert ready(answer, max_length=2).generate([3, 4]).tolist() == [3, 4, 5, 6]


def test_a_batch_gives_what_its_rows_give() -> None:
    generator = ready(random_model(), max_length=6, eos_token_id=99)
    batch = generator.generate([[1, 2], [3, 4]])
    assert batch[0].tolist() == generator.generate([1, 2]).tolist()
    assert batch[1].tolist() == generator.generate([3, 4]).tolist()


def test_modes_are_restored_and_no_gradients_recorded() -> None:
    seen: list[tuple[bool, bool]] = []

    class Probe(Successor):
        def forward(self, ids: Tensor) -> Tensor:
            seen.append((self.training, torch.is_grad_enabled()))
            return super().forward(ids)

    model = nn.Sequential(Probe(), nn.Dropout())
    model[1].eval()
    ids = ready(model, max_length=1).generate([1])
    assert seen == [(False, False)]
    assert [part.training for part in model.modules()] == [True, True, False]
    embedded = nn.Embedding(10, 2)(ids)  # ids of an inference tensor would fail here
    embedded.sum().backward()


def test_modes_are_restored_after_an_error() -> None:
    class Broken(nn.Module):
        def forward(self, ids: Tensor) -> Tensor:
            raise RuntimeError("no answer")

    model = Broken()
    with pytest.raises(RuntimeError, match="no answer"):
        Generator(model).generate([1])
    assert model.training


# --- options --------------------------------------------------------------------------


def test_one_shot_methods_leave_the_configuration_alone() -> None:
    generator = ready(Successor(), max_length=9, eos_token_id=99)
    before = generator.config
    assert len(generator.greedy([1], 2)) == 3
    assert len(generator.top_k([1], 3, 5, 0.7)) == 4
    assert len(generator.top_p([1], 4, 0.5)) == 5
    assert len(generator.beam_search([1], 5, 3)) == 6
    assert generator.config == before


def test_set_params_leaves_out_nil() -> None:
    generator = ready(Successor(), top_k=7)
    generator.set_params(3, None, None, 0.5)
    config = generator.config
    assert (config.max_length, config.temperature) == (3, 1.0)
    assert (config.top_k, config.top_p) == (7, 0.5)


def test_no_new_tokens_return_the_prompt() -> None:
    generator = ready(Successor(), max_length=0)
    for strategy in generate.STRATEGIES:
        assert generator.generate([1, 2], strategy).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        (
            {"max_lenght": 5},
            ValueError,
            "unknown generation option 'max_lenght'; .*max_l",
        ),
        ({"strategy": "gredy"}, ValueError, "unknown strategy 'gredy'.* 'greedy'"),
        ({"max_length": -1}, ValueError, r"max_length \(-1\) must not be negative"),
        ({"max_length": 1.5}, TypeError, "'max_length' must be an integer, not 1.5"),
        (
            {"temperature": "hot"},
            TypeError,
            "'temperature' must be a number, not the text",
        ),
        ({"top_p": 2}, ValueError, r"top_p \(2.0\) must be between 0 and 1"),
        ({"repetition_penalty": 0}, ValueError, "must be positive"),
        ({"num_beams": 0}, ValueError, r"num_beams \(0\) must be at least 1"),
    ],
)
def test_wrong_options_change_nothing(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    generator = Generator(Successor())
    with pytest.raises(error, match=message):
        generator.configure({"temperature": 2, **options})
    assert generator.config == generate.GenerationConfig()


def test_errors_name_what_was_given() -> None:
    with pytest.raises(
        TypeError, match="needs a model or a function, not the number 7"
    ):
        Generator(7)
    with pytest.raises(LispError, match="Model not loaded: llama"):
        Generator("llama")
    generator = Generator(Successor())
    for prompt in ([], torch.empty(0, dtype=torch.int64), [[1], []]):
        with pytest.raises(ValueError, match="at least one token id"):
            generator.generate(prompt)
    with pytest.raises(ValueError, match="did you mean 'beam_search'"):
        generator.generate([1], "beams")
    lookup = nn.Sequential(nn.Embedding(10, 4), nn.Linear(4, 10))
    with pytest.raises(IndexError, match="from 3 to 15339, beyond the model's vocab"):
        Generator(lookup).generate([3, 15339])
    with pytest.raises(
        ValueError, match=r"logits \[1, 2, V\] or \[1, V\], not \[5, 3\]"
    ):
        Generator(lambda _: torch.zeros(5, 3)).generate([1, 2])
