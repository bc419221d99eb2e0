# Every recipe sets up what it needs: a bare machine with Python 3.11 is enough.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
DEMO_PORT ?= 8080
PORTAL_PORT ?= 8088
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PRODUCTION := build/production
PIP_QUIET := -q --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

.PHONY: help demo cases test browser cover lint bench bench-compare bench-baseline bench-pictures mutate reliability topology \
	docs licences sbom audit lock clean setup system

help: ## What there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

$(BIN)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, found " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install $(PIP_QUIET) --require-hashes -r requirements/uv.txt
	@touch $@

# Compiled at once: where Python is told to write no bytecode, each start of a command or of Airflow compiles it all again.
$(READY): $(BIN)/uv requirements/dev.txt pyproject.toml
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync -q --require-hashes requirements/dev.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@$(BIN)/pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip -q
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib plugins
	@touch $@

setup: $(READY) ## The virtual environment .venv

# What production installs and nothing else: the topology runs in it.
$(PRODUCTION)/.ready: requirements/celery.txt | $(READY)
	@$(BIN)/uv venv -q --clear --python $(BIN)/python $(PRODUCTION)
	@VIRTUAL_ENV=$(PRODUCTION) $(BIN)/uv pip sync -q --require-hashes --compile-bytecode requirements/celery.txt
	@touch $@

system: setup ## System packages for marked tests (root on Debian; otherwise says what is left out)
	@$(BIN)/python scripts/system_packages.py

demo: setup ## A whole year through a real Airflow; CASE=a folder of examples/; AT=a day to stop at; DEMO=once ends by itself
	@$(BIN)/python -m plan_lifecycle.simulation.demo --port $(DEMO_PORT) --portal-port $(PORTAL_PORT) $(CASE:%=--case %) $(AT:%=--at %) $(if $(filter once,$(DEMO)),--once)

cases: setup ## Every case of examples/ from its papers to its reports, without Airflow; fails where one is not as it says
	@failed=0; for case in $(or $(CASE),$(notdir $(patsubst %/,%,$(dir $(wildcard examples/*/case.yaml))))); do \
		echo "== $$case"; $(BIN)/plan-lifecycle simulate --case "$$case" || failed=1; done; exit $$failed

test: setup system $(PRODUCTION)/.ready ## All tests
	@$(BIN)/python scripts/run_tests.py

browser: setup system ## The coordinator's year in Chromium on a real Airflow, each page wide, on a telephone, light and dark
	@$(BIN)/python -m pytest -q tests/browser

cover: setup system $(PRODUCTION)/.ready ## All tests; what they cover has a floor (pyproject.toml), figures in build/coverage.json
	@$(BIN)/python scripts/run_tests.py --cov --cov-report=json:build/coverage.json

lint: setup ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@PYTHONPATH=plugins $(BIN)/lint-imports --no-cache

bench: setup ## Ratios against peers, into build/bench.json (BENCH=name for one)
	@$(BIN)/python -m bench $(BENCH)

bench-compare: setup ## Measure and fail where over a quarter of a ratio is lost (BENCH=name; KEEP=1: as measured before)
	@$(if $(KEEP),,$(BIN)/python -m bench $(BENCH))
	@$(BIN)/python -m bench.compare

bench-baseline: setup ## Write what was measured last into bench/baseline.json
	@$(BIN)/python -m bench.compare --write

bench-pictures: setup ## The pictures of docs/benchmarks.md from build/bench.json
	@$(BIN)/python -m scripts.benchmark_pictures
	@$(BIN)/python -m scripts.country_picture

mutate: setup ## Small faults put into a copy: which of them no test finds (PACKAGE=store NUMBER=20 SEED=1)
	@$(BIN)/python -m scripts.mutate $(PACKAGE:%=--package %) --number $(or $(NUMBER),20) --seed $(or $(SEED),1)

topology: setup $(PRODUCTION)/.ready ## The production topology of docker-compose.yaml without an engine: a year on it, then again with its parts killed
	@$(BIN)/python -m tests.topology $(HOW) $(AT:%=--at %)

reliability: setup ## Faults survived, into build/reliability.json and docs/reliability.md (PART="verb mailbox" for some, ON=1 for the rest, MINUTES=5 at most)
	@$(BIN)/python -m tests.reliability $(PART) $(if $(ON),--on) $(if $(MINUTES),--minutes $(MINUTES))
	@$(BIN)/python scripts/make_reliability_page.py

docs: setup ## Regenerate what is generated in docs/
	@$(BIN)/python scripts/make_docs.py

licences: setup $(PRODUCTION)/.ready ## Licences of all libraries into docs/licences.md; fails on one that is unknown or not allowed
	@$(BIN)/python -m scripts.licences $(VENV)/lib/python3*/site-packages $(PRODUCTION)/lib/python3*/site-packages

build/supply/.ready: $(BIN)/uv requirements/supply.txt
	@$(BIN)/uv venv -q --clear --python $(BIN)/python build/supply
	@VIRTUAL_ENV=build/supply $(BIN)/uv pip sync -q --require-hashes requirements/supply.txt
	@touch $@

sbom: build/supply/.ready ## What the image brings along, by the hashes of its lock, as CycloneDX into build/sbom.cdx.json
	@build/supply/bin/cyclonedx-py requirements requirements/celery.txt --output-reproducible --of JSON -o build/sbom.cdx.json

audit: build/supply/.ready ## Known vulnerabilities of the locked libraries; a mirror of packages may not answer this
	@for lock in celery dev; do \
		build/supply/bin/pip-audit --strict --require-hashes --disable-pip -r requirements/$$lock.txt || exit 1; done

lock: $(BIN)/uv ## Compile requirements/*.in into hashed *.txt
	@cd requirements && for name in uv base celery dev supply; do ../$(COMPILE) -o $$name.txt $$name.in || exit 1; done

clean: ## Remove everything that make made
	@rm -rf $(VENV) build .demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
