# Everything a newcomer needs: `make demo` and `make test` set up what they use.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PEERS  := .venv-bench

.PHONY: setup demo test lint types contracts unit unit-first unit-other bench bench-large docs clean

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,parquet]'
	@touch $@

demo: setup
	$(BIN)/doingoai demo demo

test: lint types contracts unit

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

# Two processes, each with its share of the files: half of the time the tests wait for other programs.
FIRST_TESTS = $(wildcard tests/test_[a-n]*.py)

unit: setup
	$(MAKE) --jobs=2 unit-first unit-other
	# Windows has no fork: the tests of a whole province run again with fresh processes.
	DOINGOAI_START_METHOD=spawn $(BIN)/pytest tests/test_province.py

unit-first:
	$(BIN)/pytest $(FIRST_TESTS)

unit-other:
	$(BIN)/pytest $(filter-out $(FIRST_TESTS),$(wildcard tests/test_*.py))

# Goals as ratios, against programs that run in turn with ours; one line alone: benchmarks/run.py --only TEXT.
bench: setup $(PEERS)/.ready
	$(BIN)/python benchmarks/run.py --peers $(PEERS)/bin/python

bench-large: setup $(PEERS)/.ready
	$(BIN)/python benchmarks/run.py --peers $(PEERS)/bin/python --large

$(PEERS)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt '.[bench]'
	@touch $@

# Everything that a Windows machine without a network needs, in dist/.
.PHONY: windows
windows: setup
	$(BIN)/python windows/bundle.py

docs: setup
	$(BIN)/python -m doingoai_cli rules --format markdown > docs/quy-tac.md

clean:
	rm -rf $(VENV) $(PEERS) dist build demo .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Writes what the examples print anew; read the difference before committing it.
.PHONY: examples
examples: setup
	$(BIN)/python tests/support/examples.py
