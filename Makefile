# make demo   a shop with photos in a few minutes      make test   the whole suite
# make chaos  what breaks things at length             make lint   style, types, layers
# make fuzz   what nobody would write; FUZZ=40 times as much as `make test` tries
# make lock   requirements/*.txt anew
# make clients   the Python client anew, after the API has changed
#
# PYTHON=… another Python (3.11 or newer)   PORT=… the demo's port   PHOTOS=… the demo on a folder
# of photos

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$p" && break; \
  done)
PORT ?= 8000
BIN := .venv/bin
# The version is a part of the stamp: another Python makes the environment anew.
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: demo test chaos fuzz lint style types layers migrations openapi audit clients format lock clean

demo: .venv/serve.stamp
	@exec $(BIN)/lookus demo --port $(PORT) $(if $(PHOTOS),--photos "$(PHOTOS)")

test: .venv/test.stamp
	$(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist loadfile $(ARGS)

# One process: what is broken on purpose is watched by the clock.
chaos: .venv/test.stamp
	$(BIN)/pytest -m "chaos or bench" $(ARGS)

FUZZ ?= 40
fuzz: .venv/test.stamp
	FUZZ=$(FUZZ) $(BIN)/pytest tests/fuzz $(ARGS)

lint: style types layers migrations openapi audit

style: .venv/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/test.stamp
	$(BIN)/mypy

layers: .venv/test.stamp
	$(BIN)/lint-imports

migrations: .venv/test.stamp
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

openapi: .venv/test.stamp
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null

# Known faults of what is installed; where no database of them can be reached, the lock's age.
audit: .venv/test.stamp
	$(BIN)/python .ci/audit.py

# In an environment of its own: what it needs is nothing that LookUs is tested with.
CLIENTS := .venv/clients
$(CLIENTS)/made.stamp: clients/python/requirements.txt .venv/made.stamp
	$(BIN)/python -m venv $(CLIENTS)
	$(CLIENTS)/bin/pip --disable-pip-version-check install --quiet -r $<
	@touch $@

clients: .venv/test.stamp $(CLIENTS)/made.stamp
	$(BIN)/python clients/python/generate.py $(CLIENTS)/bin/openapi-python-client $(BIN)/ruff

format: .venv/test.stamp
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.venv/made.stamp:
	@test -n "$(PYTHON)" || { echo "LookUs needs Python 3.11 or newer: install it, or name it with 'make PYTHON=/path/to/python3.11'" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module: on Debian and Ubuntu install the package python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/serve.stamp: requirements/serve.txt pyproject.toml .venv/made.stamp
	@echo "Installing what LookUs serves with (once) …"
	$(PIP) -r requirements/serve.txt
	$(PIP) --no-deps --editable .
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/serve.stamp
	@echo "Installing what the tests and the training need (once) …"
	$(PIP) -r requirements/test.txt
	@touch $@

# Torch's CUDA packages stay out: pip adds those that the installed torch wheel asks for.
UV = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
  --no-header --no-emit-index-url --annotation-style line $(UPGRADE)
lock: .venv/made.stamp
	$(PIP) uv
	$(UV) --output-file requirements/serve.txt
	$(UV) --extra tracing --extra train --extra test --extra lint --constraint requirements/serve.txt --output-file requirements/test.txt
	sed -E -e '/^(nvidia-|cuda-|triton=)/d' -e 's/( via)? -c requirements\/serve\.txt,/\1/; s/, -c requirements\/serve\.txt//' \
	  requirements/test.txt > requirements/test.tmp && mv requirements/test.tmp requirements/test.txt

clean:
	rm -rf .venv var staticfiles test-results *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
