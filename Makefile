# demo · test · lint · score · bench · train: each sets up what it needs and runs on a fresh machine
PYTHON ?= python3
VENV   ?= .venv
DATA   ?= ../shared/data
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint format score bench train lock clean

help:  ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --requirement requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@

demo: $(VENV)/ready  ## read the sample articles, ask three questions, write the page
	$(BIN)/collabgraph demo

test: $(VENV)/ready-dev  ## run all tests, on both stores and in a real browser
	PYTHON=$(BIN)/python sh tests/setup.sh
	$(BIN)/python -m pytest

lint: $(VENV)/ready-dev  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/ready-dev  ## put the code into the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

score: $(VENV)/ready-dev  ## run the extraction over the labelled data and show how right it is
	$(BIN)/collabgraph score --board $(DATA) --kinds

train: $(VENV)/ready-dev  ## fit the weights of the readers to the labelled passages anew
	$(BIN)/collabgraph train $(DATA)/silver/train.jsonl

bench: $(VENV)/ready-dev  ## measure each part beside what one would use instead; tens of minutes
	PYTHON=$(BIN)/python sh tests/setup.sh
	$(BIN)/python -m benchmarks.reading --long
	$(BIN)/python -m benchmarks.load --merge 1000000
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.load --scale 1
	$(BIN)/python -m benchmarks.ask .cache/ask
	$(BIN)/python -m benchmarks.view
	$(BIN)/python -m benchmarks.analyse
	$(BIN)/python -m benchmarks.fuzz
	$(BIN)/python -m benchmarks.scale edges
	rm -rf .cache/scale && $(BIN)/python -m benchmarks.scale make .cache/scale/articles
	$(BIN)/python -m benchmarks.ingest .cache/scale/articles
	$(BIN)/python -m benchmarks.scale map .cache/scale/articles .cache/scale/map
	$(BIN)/python -m benchmarks.scale processes .cache/scale/articles .cache/scale/processes --kill worker

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --prerelease if-necessary-or-explicit \
        --generate-hashes --quiet --custom-compile-command "make lock"

lock:  ## resolve all versions anew into the two lock files (needs uv)
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:  ## remove what the other targets made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
