# One virtual environment, made on first use and again whenever pyproject.toml changes.
# Only python3 and make are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FILE ?=

.PHONY: run test test-peers check bench clean
.DEFAULT_GOAL := run

# Groups are read from pyproject.toml by pip 25.1 and newer.
$(VENV)/run.stamp: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "timeline-tui needs Python 3.11 or newer: make run PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test --group check --group bench
	@touch $@

run: $(VENV)/run.stamp
	@$(BIN)/timeline-tui $(FILE)

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest

# Other programs, of which each is passed over where it cannot be had: `pytest` names those that are.
peers/installed.stamp: peers/package.json peers/requirements.txt
	@npm install --prefix peers --no-package-lock --ignore-scripts --no-audit --no-fund --silent || true
	@$(PYTHON) -m venv peers/.venv
	@peers/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r peers/requirements.txt || true
	@touch $@

test-peers: $(VENV)/dev.stamp peers/installed.stamp
	@$(BIN)/python -m pytest peers

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/timeline-tui check --strict data/timeline.yaml

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) peers/node_modules peers/.venv peers/installed.stamp
