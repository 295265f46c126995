# Two commands do everything on a fresh machine with Python 3.11, make and git: `make run` and `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help prepare run test lint types floors translations check browser-test crash-test slow-test docs-pictures bench doctor ci lock clean

help:  ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

prepare: $(VENV)/.dev locales/.compiled  ## Make the environment, and nothing else

run: $(VENV)/.run locales/.compiled  ## Start the service (with no token: the sandbox and its chat page)
	@$(BIN)/zhunshi run

test: $(VENV)/.dev locales/.compiled  ## Run the default tests
	$(BIN)/pytest -n 2

browser-test: $(VENV)/.dev locales/.compiled  ## Drive the chat page in a headless chromium
	$(BIN)/pytest -m browser

docs-pictures: $(VENV)/.dev locales/.compiled  ## Take the pictures of the chat page anew (all of them stand in var/pictures)
	@mkdir -p var/pictures docs/pictures
	CHAT_PICTURES=var/pictures $(BIN)/pytest -m browser tests/browser
	cp var/pictures/follow-up.png docs/pictures/chat.png

crash-test: $(VENV)/.dev locales/.compiled  ## Kill real processes and look what is left
	$(BIN)/pytest -m crash

slow-test: $(VENV)/.dev locales/.compiled  ## What takes long: a year of reminders against a plain calculation, long stories
	$(BIN)/pytest -m slow -n 2

lint: $(VENV)/.dev  ## Style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev  ## Types, tests too
	$(BIN)/mypy

floors: $(VENV)/.dev  ## Who may import whom
	$(BIN)/lint-imports

translations: $(VENV)/.dev  ## Missing or fuzzy translations fail
	$(BIN)/python -m bot.catalogs check

check: lint types floors translations  ## Everything that needs no run

bench: $(VENV)/.run locales/.compiled  ## Measure answers beside a bare echo
	@$(BIN)/zhunshi bench answers

doctor: $(VENV)/.run locales/.compiled  ## Look whether all is in place
	@$(BIN)/zhunshi doctor

ci:  ## What a change must pass
	.ci/run

lock:  ## Write the lock files anew (needs uv)
	uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 --extra build -o requirements.lock pyproject.toml
	uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 --extra build --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:  ## Remove what can be made again
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache locales/.compiled

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

locales/.compiled: $(wildcard locales/*/LC_MESSAGES/*.po)
	$(BIN)/pybabel --quiet compile -d locales -D zhunshi
	@touch $@
