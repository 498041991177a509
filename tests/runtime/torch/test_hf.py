"""Language models by name: loading, generating, adapters that interchange with peft."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from family_checks import peft_model, token_ids
from tiny_models import SIZES, Reference, reference
from torch import Tensor

from lisptorch_compile.runtime import hf, hf_lora, models
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.models import CausalLM, KVCache, adapters

pytest.importorskip("transformers")

PROMPT = [5, 6, 7, 8]
END = 2


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    return reference("llama-3", tmp_path_factory.mktemp("llama"))


@pytest.fixture
def name(llama: Reference, monkeypatch: pytest.MonkeyPatch) -> str:
    """Load the model anew and return its name."""
    monkeypatch.setattr(hf, "_MODELS", {})
    return hf.load_model(llama.folder, {"manual_attention": True})


def test_the_name_of_a_model_is_its_path(llama: Reference, name: str) -> None:
    assert name == str(llama.folder)
    before = hf.model(name)
    assert hf.load_model(llama.folder, {"device": "cpu"}) == name
    assert hf.model(name) is before


def test_errors_say_what_was_loaded_and_why_it_failed(tmp_path: Path) -> None:
    with pytest.raises(LispError, match=r"Error loading HF model: .*config file"):
        hf.load_model(tmp_path)
    with pytest.raises(LispError, match=r"Error loading LoRA model: .*config file"):
        hf.load_model_lora("adapted", tmp_path)
    with pytest.raises(LispError, match="Model not loaded: elsewhere"):
        hf.forward("elsewhere", PROMPT)


def test_unknown_load_option_is_refused_with_the_nearest(llama: Reference) -> None:
    with pytest.raises(LispError, match=r"devise.*device"):
        hf.load_model(llama.folder / ".", {"devise": "cpu"})


def test_info_gives_the_sizes(name: str) -> None:
    info = hf.model_info(name)
    assert list(info)[:2] == ["vocab_size", "hidden_size"]
    assert info["num_key_value_heads"] == SIZES["num_key_value_heads"]
    assert hf.norm_eps(name) == 1e-6
    assert "layers: 4" in hf.model_summary(name)


def test_memory_is_that_of_the_weights(llama: Reference, name: str) -> None:
    assert hf.memory_usage(name) == 4 * sum(p.numel() for p in llama.model.parameters())


def test_weights_by_name_and_by_layer(llama: Reference, name: str) -> None:
    theirs = llama.model.state_dict()
    assert list(hf.list_weights(name)) == sorted(theirs)
    key = "model.layers.1.self_attn.k_proj.weight"
    weight = hf.get_weight(name, key)
    assert weight is not None
    torch.testing.assert_close(weight, theirs[key])
    torch.testing.assert_close(hf.projection(name, 1, "k_proj"), theirs[key])
    assert hf.get_weight(name, "model.norm.bias") is None
    assert hf.fused_qkv(name, 0).shape == (64, 32)
    assert hf.fused_gate_up(name, 0).shape == (128, 32)
    with pytest.raises(LispError, match="Invalid layer index: 4"):
        hf.projection(name, 4, "q_proj")
    with pytest.raises(LispError, match="Missing or invalid layer index"):
        hf.projection(name, None, "q_proj")


@pytest.mark.parametrize("family", ["phi-3", "gpt2"])
def test_parts_of_fused_projections(family: str, tmp_path: Path) -> None:
    known = reference(family, tmp_path)
    name = hf.load_model(tmp_path)
    parts = [hf.projection(name, 0, f"{part}_proj") for part in "qkv"]
    theirs = known.model.state_dict()
    if family == "gpt2":
        fused = theirs["transformer.h.0.attn.c_attn.weight"].t()
    else:
        fused = theirs["model.layers.0.self_attn.qkv_proj.weight"]
    torch.testing.assert_close(torch.cat(parts), fused)


def test_forward_takes_lists_and_contexts(llama: Reference, name: str) -> None:
    wanted = llama.logits(torch.tensor([PROMPT]))
    context = hf.enable_kv_cache(name, True)
    first = hf.forward(name, PROMPT[:3], context)
    rest = hf.forward(name, torch.tensor([PROMPT[3:]]), context)
    torch.testing.assert_close(torch.cat((first, rest), 1), wanted, atol=1e-4, rtol=0)
    hf.reset_kv_cache(context)
    assert len(context) == 0
    assert hf.enable_kv_cache(name, None) is hf.enable_kv_cache(name, None)
    with pytest.raises(LispError, match="Expecting kv cache object"):
        hf.forward(name, PROMPT, 3)


def test_manual_forward_keeps_the_weights_of_attention(name: str) -> None:
    torch.testing.assert_close(
        hf.forward_manual(name, PROMPT), hf.forward(name, PROMPT), atol=1e-4, rtol=0
    )
    assert hf.attention_size(name) == 4
    scores = hf.attention_scores(name, 0)
    assert scores is not None
    assert scores.shape == (1, 4, 4, 4)
    torch.testing.assert_close(scores.sum(-1), torch.ones(1, 4, 4))
    assert hf.attention_scores(name, 4) is None
    hf.clear_attention_scores(name)
    assert hf.attention_size(name) == 0


def test_manual_forward_must_be_asked_for_when_loading(llama: Reference) -> None:
    name = hf.load_model(f"{llama.folder}/")
    with pytest.raises(LispError, match="manual_attention"):
        hf.forward_manual(name, PROMPT)


def test_greedy_tokens_are_those_of_transformers(llama: Reference, name: str) -> None:
    new = hf.generate(name, PROMPT, END, 10, {"greedy": True})
    theirs = llama.greedy(torch.tensor([PROMPT]), 10)
    assert list(new) == theirs[0, len(PROMPT) :].tolist()


def test_generation_ends_with_its_stop_token(name: str) -> None:
    every = list(hf.generate(name, PROMPT, END, 10, {"greedy": True}))
    stop = every[2]
    assert list(hf.generate(name, PROMPT, [END, stop], 10, {"greedy": True})) == (
        every[: every.index(stop) + 1]
    )
    with pytest.raises(LispError, match="at least contain bos_id"):
        hf.generate(name, [], END, 10)


def test_callback_gets_each_token_with_the_data(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[tuple[int, str]] = []
    options = {"topk": 1, "callback": lambda *got: seen.append(got), "data": "d"}
    new = hf.generate(name, PROMPT, END, 3, options)
    assert seen == [(token, "d") for token in new]
    assert list(new) == list(hf.generate(name, PROMPT, END, 3, {"greedy": True}))

    def failing(token: int) -> None:
        raise LispError(f"no display for {token}")

    hf.generate(name, PROMPT, END, 1, {"greedy": True, "callback": failing})
    assert f"no display for {new[0]}" in capsys.readouterr().err


def test_unknown_generation_option_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"topk_.*topk"):
        hf.generate(name, PROMPT, END, 3, {"topk_": 1})


def test_embeddings_are_rows_of_the_table(llama: Reference, name: str) -> None:
    table = llama.model.get_input_embeddings().weight  # type: ignore[operator]
    torch.testing.assert_close(hf.embeddings(name, PROMPT), table[PROMPT])


def test_other_families_are_left_to_transformers(tmp_path: Path) -> None:
    import transformers

    config = transformers.StableLmConfig(**SIZES)
    model = transformers.AutoModelForCausalLM.from_config(config).eval()
    model.save_pretrained(tmp_path)
    name = hf.load_model(tmp_path)
    theirs = model.generate(torch.tensor([PROMPT]), max_new_tokens=6, do_sample=False)
    new = hf.generate(name, PROMPT, END, 6, {"greedy": True})
    assert list(new) == theirs[0, len(PROMPT) :].tolist()


# --- adapters ---------------------------------------------------------------------------

TARGETS = ("q_proj", "down_proj")


@pytest.fixture
def adapted(llama: Reference, name: str) -> str:
    """Load the model under a name of its own, with adapters that change something."""
    hf.load_model_lora("adapted", llama.folder, {"device": "cpu"})
    hf_lora.init("adapted", 4, 8, TARGETS)
    torch.manual_seed(2)
    with torch.no_grad():
        for parameter in hf_lora.parameters("adapted"):
            parameter.normal_(std=0.1)
    return "adapted"


def test_fresh_adapters_change_nothing(llama: Reference, name: str) -> None:
    hf.load_model_lora(llama.folder, {"device": "cpu"}, "fresh")
    assert list(hf_lora.parameters("fresh")) == []
    assert hf_lora.init("fresh", {"rank": 4, "alpha": 8, "target_modules": TARGETS})
    assert len(hf_lora.parameters("fresh")) == 2 * len(TARGETS) * 4
    torch.testing.assert_close(hf.forward("fresh", PROMPT), hf.forward(name, PROMPT))


def test_loaded_weights_are_frozen(name: str) -> None:
    assert not hf.forward(name, PROMPT).requires_grad
    for parameter in hf.model(name).parameters():
        parameter.requires_grad_(True)
    assert hf.forward(name, PROMPT).requires_grad
    hf.model(name).requires_grad_(False)


def test_only_adapters_are_trained(adapted: str) -> None:
    hf.forward(adapted, PROMPT).sum().backward()
    model = hf.model(adapted)
    trained = {name for name, p in model.named_parameters() if p.grad is not None}
    assert trained == {n for n, _ in model.named_parameters() if ".lora_" in n}


def test_unknown_target_module_is_refused(adapted: str) -> None:
    with pytest.raises(ValueError, match=r"q_pro.*q_proj"):
        hf_lora.init(adapted, 4, 8, ["q_pro"])


def test_merging_and_switching_off(name: str, adapted: str) -> None:
    wanted = hf.forward(adapted, PROMPT)
    hf_lora.merge(adapted)
    hf_lora.merge(adapted)
    torch.testing.assert_close(hf.forward(adapted, PROMPT), wanted, atol=1e-4, rtol=0)
    hf_lora.unmerge(adapted)
    torch.testing.assert_close(hf.forward(adapted, PROMPT), wanted, atol=1e-4, rtol=0)
    hf_lora.enable(adapted, None)
    torch.testing.assert_close(
        hf.forward(adapted, PROMPT), hf.forward(name, PROMPT), atol=1e-4, rtol=0
    )
    hf_lora.enable(adapted, True)
    torch.testing.assert_close(hf.forward(adapted, PROMPT), wanted, atol=1e-4, rtol=0)


def test_adapters_survive_a_file(
    llama: Reference, adapted: str, tmp_path: Path
) -> None:
    path = tmp_path / "adapters.pt"
    assert hf_lora.save(adapted, path)
    keys = path.with_suffix(".pt.keys").read_text().split()
    assert keys[0] == "layer.0.q_proj.lora_A.weight"
    wanted = hf.forward(adapted, PROMPT)
    hf.load_model_lora("again", llama.folder)
    assert not hf_lora.load("again", path)  # nothing to fill yet
    hf_lora.init("again", 4, 8, TARGETS)
    assert hf_lora.load("again", path)
    torch.testing.assert_close(hf.forward("again", PROMPT), wanted)
    assert not hf_lora.load("again", tmp_path / "nothing.pt")


def test_folders_of_adapters_are_pefts(tmp_path: Path) -> None:
    pytest.importorskip("peft")
    known = reference("gpt2", tmp_path / "gpt2")
    theirs = peft_model(known, ["c_attn", "c_proj"])
    theirs.save_pretrained(tmp_path / "theirs")
    name = hf.load_model_lora("small", known.folder)
    assert hf_lora.load(name, tmp_path / "theirs")
    assert hf_lora.save(name, tmp_path / "ours")
    with torch.no_grad():
        wanted = theirs(token_ids()).logits
    for folder in ("theirs", "ours"):
        hf.load_model_lora("again", known.folder)
        assert hf_lora.load("again", tmp_path / folder)
        logits = hf.forward("again", token_ids())
        torch.testing.assert_close(logits, wanted, atol=1e-4, rtol=0)


def test_what_peft_has_and_we_have_not_is_refused(
    llama: Reference, name: str, tmp_path: Path
) -> None:
    pytest.importorskip("peft")
    peft_model(llama, list(TARGETS)).save_pretrained(tmp_path)
    config = tmp_path / "adapter_config.json"
    config.write_text(
        config.read_text().replace('"use_dora": false', '"use_dora": true')
    )
    model = hf.model(name)
    with pytest.raises(ValueError, match="use_dora"):
        adapters.load_adapters(model, tmp_path)


def test_cache_of_a_model_is_a_context(name: str) -> None:
    context = hf.enable_kv_cache(name)
    assert isinstance(context, KVCache)
    assert context.lisp_type == "context_inference_"
    assert isinstance(hf.model(name), CausalLM)
    assert isinstance(models.load(name), CausalLM)


def test_logits_of_the_last_position_only(name: str) -> None:
    model = hf.model(name)
    ids = torch.tensor([PROMPT])
    last: Tensor = model(ids, last_only=True)
    torch.testing.assert_close(last, hf.forward(name, ids)[:, -1:])
