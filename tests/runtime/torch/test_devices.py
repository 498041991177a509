"""Devices by name, and what stands for those that are absent."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pytest
import torch
from torch import nn

from lisptorch_compile.runtime import devices, rope


@pytest.fixture
def cpu_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with nothing but a CPU, on which no warning has been given yet."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.delenv(devices.STRICT_VARIABLE, raising=False)
    devices._fallback.cache_clear()
    yield
    devices._fallback.cache_clear()


def test_best_device_prefers_mps_then_cuda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert devices.best_device() == "mps"
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert devices.best_device() == "cuda"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert devices.best_device() == "cpu"


@pytest.mark.usefixtures("cpu_only")
@pytest.mark.parametrize("name", ["cpu", "auto", "best"])
def test_present_device_needs_no_warning(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert devices.device(name) == torch.device("cpu")


@pytest.mark.usefixtures("cpu_only")
@pytest.mark.parametrize("name", ["mps", "cuda", "cuda:1"])
def test_absent_device_falls_back_with_one_warning(name: str) -> None:
    with pytest.warns(
        RuntimeWarning, match=f"{name} is not present, using cpu"
    ) as seen:
        assert devices.device(name) == torch.device("cpu")
    assert seen[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert devices.device(name) == torch.device("cpu")


@pytest.mark.usefixtures("cpu_only")
def test_warning_from_inside_a_module_points_at_the_program() -> None:
    embedding = rope.RotaryEmbedding(4)
    with pytest.warns(RuntimeWarning, match="mps is not present") as seen:
        embedding(3, "mps")
    assert seen[0].filename == __file__


@pytest.mark.usefixtures("cpu_only")
def test_absent_device_is_an_error_in_strict_mode(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(devices.STRICT_VARIABLE, "1")
    with pytest.raises(RuntimeError, match="device mps is not present"):
        devices.to_mps(torch.ones(1))


@pytest.mark.parametrize("name", ["toaster", "cuda:x", ""])
def test_unknown_device_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match=f"unknown device: {name}"):
        devices.device(name)


def test_index_beyond_the_devices_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert devices.is_present(torch.device("cuda:1"))
    assert not devices.is_present(torch.device("cuda:2"))


@pytest.mark.usefixtures("cpu_only")
def test_moves_keep_tensors_and_modules_usable() -> None:
    with pytest.warns(RuntimeWarning, match="using cpu"):
        assert devices.to_mps(torch.ones(2)).tolist() == [1, 1]
    with pytest.warns(RuntimeWarning, match="using cpu"):
        assert isinstance(devices.to_cuda(nn.Linear(1, 1)), nn.Linear)


@pytest.mark.usefixtures("cpu_only")
def test_nothing_to_do_without_an_accelerator() -> None:
    assert devices.synchronize() is None
    assert devices.memory_allocated() == 0
    assert devices.memory_total() == 0
    assert devices.empty_cache() is True
    assert devices.set_device("cpu") is True


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_cuda_moves_and_counts() -> None:
    assert devices.set_device(0) is True
    moved = devices.to_cuda(torch.ones(2))
    assert moved.is_cuda
    devices.synchronize()
    assert 0 < devices.memory_allocated() <= devices.memory_total()
