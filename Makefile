# Every target sets up what it needs, in .venv, from Python 3.11 and pip. `make test lint` must pass before a change
# lands; `make check` is everything, for people and for nightly runs.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
# `make check` also tests on this Python, where the system has it.
NEWER ?= python3.13

.PHONY: demo test thorough check lint newer newer-ready floors packages validators torture bench bench-small bench-full eval examples docs places word-styles report site clean

demo: $(READY)
	$(BIN)/scamcli search --actor "Sar Kheng"

test: $(READY)
	$(BIN)/pytest -q -n auto $(TESTS)

# The tests that `make test` leaves out: torture, many generated cases, validators that need packages of the system.
thorough: $(READY)
	$(BIN)/pytest -q -n auto -m thorough $(TESTS)
	$(BIN)/pytest -q -n auto --new-processes tests/test_stories.py tests/test_docs.py

check: lint test thorough newer floors site bench-small

lint: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cog --check README.md docs/*.md
	$(BIN)/python scripts/budgets.py

newer: newer-ready
	@if [ -e .venv-newer/.ready ]; then .venv-newer/bin/pytest -q -n auto $(TESTS); fi

newer-ready:
	@if $(NEWER) -c '' 2>/dev/null; then $(MAKE) .venv-newer/.ready; \
	else echo "skipped: $(NEWER) is not installed"; fi

.venv-newer/.ready: pyproject.toml | .venv-uv/bin/uv
	rm -rf .venv-newer
	.venv-uv/bin/uv venv --quiet --seed --no-python-downloads --python $(NEWER) .venv-newer
	.venv-uv/bin/uv pip install --quiet --compile-bytecode --python .venv-newer --editable '.[dev]'
	touch $@

# The main commands with the lowest versions that pyproject.toml allows, on both Pythons.
floors: .venv-floors/.ready
	@for python in .venv-floors/python*/bin/python; do $$python -W ignore -m tests.helpers.main_commands || exit 1; done

.venv-floors/.ready: pyproject.toml | .venv-uv/bin/uv
	rm -rf .venv-floors
	for python in $(PYTHON) $(NEWER); do \
	  $$python -c '' || { echo "skipped: $$python is not installed"; continue; }; \
	  place=.venv-floors/$$(basename $$python); \
	  .venv-uv/bin/uv venv --quiet --no-python-downloads --python $$python $$place || exit 1; \
	  .venv-uv/bin/uv pip install --quiet --python $$place --resolution lowest-direct --editable '.[all]' || exit 1; \
	done
	touch $@

.venv-uv/bin/uv:
	$(PYTHON) -m venv .venv-uv
	.venv-uv/bin/python -m pip install --quiet uv

# On Debian, as root: what compiles FollowTheMoney's PyICU, a browser for TimelineJS, LibreOffice, GDAL, what encrypts,
# signs and gives timestamps, and Java for Spark.
packages:
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	  age chromium gdal-bin libreoffice-calc-nogui default-jre-headless libicu-dev minisign openssh-client openssl pkg-config g++ $$(command -v npm >/dev/null || echo npm) >/dev/null

# After `make packages`. With SCAMCLI_VALIDATORS=all, tests fail where they would otherwise skip.
validators: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[ftm,engines]'

# `make thorough` runs a tenth of this. The table at the end is the one in docs/trust.md.
torture: $(READY)
	SCAMCLI_TORTURE=1 $(BIN)/pytest -q -n auto -m '' --maxfail 50 tests/torture

# `make bench-small` shows that every row still runs; its ratios mean little. `make bench-full` uses larger timelines, and
# writes benchmarks/RESULTS.md.
bench: $(READY)
	$(BIN)/python -m benchmarks.run $(BENCH)

bench-small: $(READY)
	$(BIN)/python -m benchmarks.run --small 2000 --large 2000 --runs 1 --imports 1 $(BENCH)

bench-full: $(READY)
	$(BIN)/python -m benchmarks.run --full $(BENCH)

# Compare `ingest` and the baselines with the gold texts. SCAMCLI_ARTICLE=FILE adds the article of the seed.
# EVAL='--misses figures' lists what was missed.
eval: .venv-eval/.ready
	.venv-eval/bin/python -m evaluation $(EVAL)

.venv-eval/.ready: pyproject.toml
	$(PYTHON) -m venv .venv-eval
	.venv-eval/bin/python -m pip install --quiet --upgrade pip
	.venv-eval/bin/python -m pip install --quiet --editable '.[eval]'
	touch $@

# Write again what the stories and the examples of the documentation print: all, or those of EXAMPLES.
EXAMPLES ?= tests/test_stories.py tests/test_docs.py
examples: $(READY)
	$(BIN)/pytest -q -n 0 -m '' -k 'test_story or test_example' --write-examples $(EXAMPLES)

# Write the generated parts of the documentation.
docs: $(READY)
	$(BIN)/cog -r README.md docs/*.md

# Writes the tables of countries, divisions and towns below src/scamcli/language, and the outlines of charts, again.
places: $(READY)
	$(BIN)/pip install --quiet --editable '.[places]'
	$(BIN)/python scripts/generate_places.py
	$(BIN)/python scripts/generate_months.py
	$(BIN)/python scripts/generate_towns.py
	npm install --silent --no-save --prefix .venv/outlines world-atlas@2.0.2
	$(BIN)/python scripts/generate_outlines.py .venv/outlines/node_modules/world-atlas/countries-50m.json

# Writes the styles of Word reports again: src/scamcli/output/report/reference.docx.
word-styles: $(READY)
	$(BIN)/python scripts/generate_word_styles.py

# The report of the shipped timeline, in build/, and a picture of its top for the README, for which Chromium is needed.
report: $(READY)
	mkdir -p build
	rm -f build/report.db
	$(BIN)/scamcli init build/report.db
	$(BIN)/scamcli report --db build/report.db -o build/report.html --title "Trafficking and scam compounds in Cambodia"
	$(BIN)/python scripts/picture_of_report.py build/report.html docs/report.png

# Build the documentation as a site, in site/.
site: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[site]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv .venv-newer .venv-floors .venv-eval dist build site .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
