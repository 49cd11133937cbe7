# Every target sets up what it needs, in .venv, from Python 3.11 and pip. `make check` is all that must pass.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
# `make check` also tests on this one, where the system has it.
NEWER ?= python3.13

.PHONY: demo test check lint newer validators torture bench bench-full eval docs clean

demo: $(READY)
	$(BIN)/scamcli search --actor "Sar Kheng"

test: $(READY)
	$(BIN)/pytest -q -n auto $(TESTS)

check: lint test newer

lint: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cog --check README.md docs/*.md

newer:
	@if $(NEWER) -c 'import venv, ensurepip' 2>/dev/null; then \
	  $(MAKE) test VENV=.venv-newer PYTHON=$(NEWER) TESTS='--ignore tests/torture --deselect tests/query/filters/test_query_plans.py \
	    --deselect tests/query/test_search_oracle.py --deselect tests/stats/test_stats_oracle.py'; \
	else echo "skipped: no $(NEWER) here"; fi

# On Debian, as root: FollowTheMoney (PyICU is compiled) and a browser for TimelineJS, LibreOffice. With SCAMCLI_VALIDATORS=all the
# tests then fail where they would skip.
validators:
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	  chromium libreoffice-calc-nogui libicu-dev pkg-config g++ $$(command -v npm >/dev/null || echo npm) >/dev/null
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[ftm]'

# What `make test` does a tenth of; the table at the end is what docs/trust.md reports.
torture: $(READY)
	SCAMCLI_TORTURE=1 SCAMCLI_TORTURE_SEED=$${SCAMCLI_TORTURE_SEED:-$$(date +%s)} $(BIN)/pytest -q -n auto --maxfail 50 tests/torture

# About three minutes; `make bench-full` takes larger timelines, and writes benchmarks/RESULTS.md.
bench: $(READY)
	$(BIN)/python -m benchmarks.run $(BENCH)

bench-full: $(READY)
	$(BIN)/python -m benchmarks.run --full $(BENCH)

# The tool and the baselines on the gold; SCAMCLI_ARTICLE=FILE adds the article of the seed. EVAL='--misses figures' …
eval: .venv-eval/.ready
	.venv-eval/bin/python -m evaluation $(EVAL)

.venv-eval/.ready: pyproject.toml
	$(PYTHON) -m venv .venv-eval
	.venv-eval/bin/python -m pip install --quiet --upgrade pip
	.venv-eval/bin/python -m pip install --quiet --editable '.[eval]'
	touch $@

docs: $(READY)
	$(BIN)/cog -r README.md docs/*.md

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv .venv-newer .venv-eval dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
