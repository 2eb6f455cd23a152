# Two commands matter: `make run` and `make test`. Each installs what it needs, once.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
PYTHON := $(VENV)/bin/python
# A virtual environment does not survive a move: its stamps know the folder they were made in.
STAMPS := $(VENV)/stamps-$(shell pwd | cksum | cut -d ' ' -f 1)
BASE := $(STAMPS)/base
DEV := $(STAMPS)/dev
NODE := node_modules/.stamp
BUILT := src/fondouk/ui/static/ui/built/.stamp
CATALOGUES := $(wildcard src/fondouk/locale/*/LC_MESSAGES/django.po)
COMPILED := $(CATALOGUES:.po=.mo)
PROCESSES ?= $(shell cores=$$(nproc); if [ $$cores -gt 8 ]; then echo 8; else echo $$cores; fi)
CHECKED := src tests bench

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONTZPATH :=

.PHONY: help run test test-long bench lint lock assets translations messages clean

help:
	@echo 'make run           start Fondouk (PORT, FONDOUK_DATA and DATABASE_URL are honoured)'
	@echo 'make test          everything the tests need, and all the tests'
	@echo 'make test-long     the long modes too'
	@echo 'make bench         measure, and print a table'
	@echo 'make lint          style, types, and the directions of imports'
	@echo 'make lock          resolve the requirements anew, with their hashes'
	@echo 'make assets        what the browser gets'
	@echo 'make translations  compile the catalogues; make messages brings them to the source'
	@echo 'make clean         remove what was installed and built; the data folder stays'

# FONDOUK_DEMO=0 leaves an empty database empty.
run: export FONDOUK_DEMO ?= 1
run: $(BASE) $(BUILT) $(COMPILED)
	@exec $(VENV)/bin/fondouk run --with-parent

test: lint
	@FONDOUK_CHROMIUM="$$(bin/chromium)" && export FONDOUK_CHROMIUM && exec $(PYTHON) -m pytest -n $(PROCESSES)

test-long: lint
	@FONDOUK_CHROMIUM="$$(bin/chromium)" && export FONDOUK_CHROMIUM && exec $(PYTHON) -m pytest -n $(PROCESSES) --long

bench: $(DEV) $(BUILT) $(COMPILED)
	@exec $(PYTHON) -m bench

lint: $(DEV) $(BUILT) $(COMPILED)
	@$(VENV)/bin/ruff check --quiet $(CHECKED)
	@$(VENV)/bin/ruff format --quiet --check $(CHECKED)
	@$(VENV)/bin/mypy --no-error-summary src
	@$(VENV)/bin/lint-imports
	@bin/node-tool node node_modules/typescript/bin/tsc --noEmit -p assets/tsconfig.json

lock: $(DEV)
	@for name in base dev node; do \
		$(VENV)/bin/uv pip compile --quiet --upgrade --generate-hashes --python-version 3.11 --no-annotate \
			--custom-compile-command 'make lock' requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done
	@bin/node-tool npm update --package-lock-only

assets: $(BUILT)

translations: $(COMPILED)

messages: $(BASE)
	@$(PYTHON) -m fondouk.project.cli.translations update

clean:
	@note=build/test-database/WHERE-IS-THE-DATABASE.txt; if [ -f $$note ]; then \
		place=$$(head -n 1 $$note); case $$place in /var/lib/fondouk/data-*) rm -rf "$$place" "$$place.json";; esac; fi
	rm -rf build node_modules $(VENV) src/fondouk/documents/fonts src/fondouk/ui/static/ui/built src/fondouk/ui/templates/ui/built
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-artifacts
	rm -f $(COMPILED)

# What the above need.

$(STAMPS)/venv:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed.' >&2; exit 4; }
	@echo 'Making the virtual environment …'
	@python3 -m venv --clear $(VENV) || { echo 'As root, type: apt-get install python3-venv' >&2; exit 4; }
	@mkdir -p $(@D) && touch $@

$(BASE): $(STAMPS)/venv requirements/base.txt pyproject.toml
	@echo 'Installing what Fondouk needs …'
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements/base.txt
	@$(PYTHON) -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): $(BASE) requirements/dev.txt
	@echo 'Installing what the tests need …'
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(NODE): package.json package-lock.json .npmrc requirements/node.txt | $(BASE)
	@echo 'Installing what the assets need …'
	@bin/node-tool npm ci --no-progress --loglevel=error
	@touch $@

# The sprite holds the icons that templates and Python name.
$(BUILT): $(NODE) $(shell find assets -type f) $(shell find src/fondouk -name migrations -prune -o -name static -prune -o -type f \( -name "*.html" -o -name "*.py" \) -print)
	@echo 'Building the assets …'
	@bin/node-tool node assets/build.mjs
	@mkdir -p $(@D) && touch $@

%.mo: %.po | $(BASE)
	@$(PYTHON) -m fondouk.project.cli.translations compile
	@touch $@
