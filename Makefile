# One virtual environment, made on first use and again whenever pyproject.toml changes.
# Only python3 and make are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FILE ?=

.PHONY: run test engines test-deep test-peers check docs pictures bench clean
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

# The engine of ClickHouse, without which its tests are skipped: 182 MB to fetch, 540 MB installed.
# pandas and pyarrow, which its package asks for as well, are for data frames alone.
$(VENV)/engines.stamp: $(VENV)/dev.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 30 --no-deps 'chdb-core>=26' \
		&& touch $@ || echo "pip cannot install chdb-core: the tests of ClickHouse's engine are skipped"

engines: $(VENV)/engines.stamp

# Properties with all of their examples.
test-deep: $(VENV)/dev.stamp
	@TIMELINE_TUI_TESTS=deep $(BIN)/python -m pytest

# Programs that exports are opened in. One that cannot be had is passed over: pytest names it among the skipped.
NPM_INSTALL := npm install --no-package-lock --ignore-scripts --no-audit --no-fund --silent \
	--fetch-retries 1 --fetch-timeout 30000

peers/node_modules/.stamp: peers/package.json
	@cd peers && $(NPM_INSTALL) && touch node_modules/.stamp || echo "npm cannot install the programs of peers/package.json"

peers/.venv/.stamp: peers/requirements.txt
	@$(PYTHON) -m venv peers/.venv
	@peers/.venv/bin/python -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 20 \
		-r $< 2>/dev/null && touch $@ || echo "pip cannot install the programs of $<"

test-peers: $(VENV)/dev.stamp peers/node_modules/.stamp peers/.venv/.stamp
	@$(BIN)/python -m pytest peers

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/timeline-tui check --strict data/timeline.yaml

# The documents as a site in build/site; needs no network once its group is installed.
$(VENV)/docs.stamp: $(VENV)/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs
	@touch $@

docs: $(VENV)/docs.stamp
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

# The pictures in docs/pictures, drawn from the program itself; those of the page need Chromium.
pictures: $(VENV)/dev.stamp
	@$(BIN)/python -m tools.make_pictures
	@$(BIN)/python -m tools.draw_page

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench

clean:
	rm -rf build $(VENV) peers/node_modules peers/.venv
