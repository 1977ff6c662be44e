# Everything this project can do, on a machine with Python 3.11 or newer and make. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help demo test unit lint types layers schemas docs pictures bench equality fuzz interop lock clean check-python
.DELETE_ON_ERROR:

# The first interpreter on the PATH that is new enough; PYTHON=... chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; exit; }; done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
# The locks are complete, so pip resolves nothing: a newer release of something can never stop an install.
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check --quiet install
SERVE ?= 1
MINUTES ?= 20
TARGETS ?=
VIEWS ?=
BENCH_ARGS ?=
LOCK_ARGS ?=
PYTEST_ARGS ?=
BENCH_VENV := var/bench/venv
# Without compiled files every worker and every command that the tests start would compile everything again.
unexport PYTHONDONTWRITEBYTECODE

help:  ## what can be done here
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(VENV)/.runtime  ## the main job from affiliate to verified badge, then the site (SERVE=0 ends instead)
	@$(BIN)/python -m issuer_service demo $(if $(filter 0,$(SERVE)),--no-serve)

test: $(VENV)/.installed  ## the whole test suite (PYTEST_ARGS=... adds options)
	@$(BIN)/python -m pytest -n auto --cov --cov-fail-under=100 $(PYTEST_ARGS)

unit: $(VENV)/.installed  ## the unit tests only, for while you work: under a minute on two cores (PYTEST_ARGS=... adds options)
	@$(BIN)/python -m pytest -n auto -m "not sweep" tests/unit $(PYTEST_ARGS)

lint: $(VENV)/.installed  ## style and common mistakes
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .

types: $(VENV)/.installed  ## static types, strict
	@$(BIN)/mypy

layers: $(VENV)/.installed  ## the direction of imports
	@$(BIN)/lint-imports --no-logo

schemas: $(VENV)/.installed  ## write schemas/ from the models
	@$(BIN)/python -m openbadges.models.schema_export

docs: $(VENV)/.installed  ## write the generated pages of docs/reference
	@$(BIN)/python -m tools.reference

pictures: $(VENV)/.installed  ## a picture of every page on every kind of screen, into var/pictures (VIEWS="phone print" takes some)
	@$(BIN)/python -m tools.pictures $(VIEWS)

bench: $(BENCH_VENV)/.installed  ## measure the speed beside other implementations (BENCH_ARGS=--quick is shorter)
	@$(BENCH_VENV)/bin/python bench/run.py --install
	@$(BENCH_VENV)/bin/python bench/run.py $(BENCH_ARGS)

equality: $(VENV)/.installed  ## the fast paths against their references, 20,000 documents
	@EQUALITY=full $(BIN)/python -m pytest -n auto tests/equality $(PYTEST_ARGS)

fuzz: $(VENV)/.fuzz  ## fuzz each parser for MINUTES=20 (TARGETS=... names some of them)
	@$(BIN)/python tests/fuzz/run.py --minutes $(MINUTES) $(TARGETS)

interop: $(VENV)/.installed  ## exchange badges with other implementations (fetches them)
	@$(BIN)/python tests/interop/run.py

lock: $(VENV)/.installed  ## resolve requirements/ again from pyproject.toml (LOCK_ARGS=--upgrade for newer versions)
	@COMPILER=$(BIN)/pip-compile sh tools/lock.sh $(LOCK_ARGS)
	@CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links $(LOCK_ARGS) \
		tests/fuzz/requirements.in --output-file requirements/fuzz.txt

clean:  ## remove everything that can be made again
	rm -rf $(VENV) $(BENCH_VENV) build dist mutants htmlcov .coverage .coverage.* .hypothesis .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

check-python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try make PYTHON=...")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python lacks venv; on Debian: apt-get install python3-venv"; exit 1; }

# What the library and the service need, by hash. A changed lock starts from an empty environment, so that nothing old stays in it.
$(VENV)/.runtime: requirements/service.txt | check-python
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP_INSTALL) --no-deps --require-hashes -r requirements/service.txt
	@touch $@

# What the tests and tools need, by hash, and this checkout itself in editable form.
$(VENV)/.installed: $(VENV)/.runtime requirements/dev.txt pyproject.toml
	@echo "Installing the development tools (once) ..."
	@$(PIP_INSTALL) --no-deps --require-hashes -r requirements/dev.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# atheris has wheels for few systems, so it is no part of the development tools.
$(VENV)/.fuzz: $(VENV)/.installed requirements/fuzz.txt
	@$(PIP_INSTALL) --no-deps --require-hashes -r requirements/fuzz.txt
	@touch $@

# The others that are measured beside this library, in an environment of their own.
$(BENCH_VENV)/.installed: requirements/bench.txt | check-python
	@echo "Setting up $(BENCH_VENV) (once) ..."
	@$(PYTHON) -m venv --clear $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes -r requirements/bench.txt
	@touch $@
