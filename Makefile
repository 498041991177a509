# `make demo` and `make test` need nothing but Python 3.11 or newer: each sets up
# .venv first, and skips that when it is already done.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

SOURCES := lisptorch_compile tests examples benchmarks website
FOLDERS = $(wildcard $(SOURCES))

# Two torch processes with several threads each slow one another down many times.
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test check fuzz coverage families golden bench docs format clean setup

help: ## say what the targets do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## create .venv and install everything into it

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt 'torch==2.13.0'
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[runtime,dev]'
	@touch $@

demo: $(READY) ## compile, train, adapt, quantize and generate, on the screen
	OMP_NUM_THREADS=2 $(BIN)/python examples/demo/demo.py

test: check ## everything that must hold: style, types, tests
	$(BIN)/python -m pytest

check: $(READY) ## style and types only
	$(BIN)/ruff check $(FOLDERS)
	$(BIN)/black --check --quiet $(FOLDERS) \
	  || { $(BIN)/black --diff --quiet $(FOLDERS); exit 1; }
	$(BIN)/mypy

fuzz: $(READY) ## long searches for faults, with new programs
	$(BIN)/python -m pytest -m long --timeout 1200

coverage: $(READY) ## write docs/coverage.md and docs/torch.md: what each instruction is shown by
	$(BIN)/python tests/language_table.py
	$(BIN)/python tests/torch_table.py

families: $(READY) ## measure language models against transformers; write docs/models.md
	$(BIN)/python tests/runtime/torch/families_table.py

golden: $(READY) ## rewrite the expected outputs; then read the diff
	$(BIN)/python -m pytest tests/test_golden.py --update-golden

bench: $(READY) ## compiler and generated code against their peers
	$(BIN)/python -m benchmarks

docs: $(READY) ## build the documentation into build/site, without network
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

format: $(READY) ## lay out our sources
	$(BIN)/ruff check --fix $(FOLDERS)
	$(BIN)/black --quiet $(FOLDERS)

clean: ## remove everything that the other targets made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
