# demo · test · lint · score · bench · train: each sets up what it needs and runs on a fresh machine
PYTHON ?= python3
VENV   ?= .venv
DATA   ?= ../shared/data
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint format score bench train lock clean

help:  ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(VENV)/installed  ## read the sample articles, ask three questions, write the page
	$(BIN)/collabgraph demo

test: $(VENV)/installed  ## run all tests, on both stores and in a real browser
	PYTHON=$(BIN)/python sh tests/setup.sh
	$(BIN)/python -m pytest

lint: $(VENV)/installed  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/installed  ## put the code into the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

score: $(VENV)/installed  ## run the extraction over the labelled data and show how right it is
	$(BIN)/collabgraph score --board $(DATA) --kinds

lock:  ## resolve all versions anew into requirements.lock (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --prerelease if-necessary-or-explicit \
	    --generate-hashes --quiet --custom-compile-command "make lock" --output-file requirements.lock

clean:  ## remove what the other targets made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
