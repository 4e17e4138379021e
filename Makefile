# The commands of this project. `make demo` and `make test` are all that a newcomer needs.
.PHONY: help demo test prove check bench clean
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made
SAMPLE := tests/samples/harbour-bridge.txt

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /make \1\t/' | expand -t 14

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "copydesk needs Python 3.11 or newer; say which with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $(STAMP)

demo: $(STAMP) ## make the environment and convert a sample article into output/
	$(BIN)/copydesk convert $(SAMPLE) --theme broadsheet --to md,docx,pdf,xhtml,epub,json -o output --force
	@ls -l output

test: $(STAMP) ## make the environment and pass the tests
	$(BIN)/python -m pytest -n 2 -m 'not prove'

prove: $(STAMP) ## validators, installs, a browser, LibreOffice: what takes longer or needs more programs
	$(BIN)/python -m pytest -n 2 -m prove

check: $(STAMP) ## style, types, the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP) ## times beside other programs, as ratios from one run
	$(BIN)/python -m benchmarks

clean: ## take the environment and all caches away
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
