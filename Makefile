# Two commands matter: `make demo` and `make test`. Everything else serves them.

PORT ?= 8000
KORDON = .venv/bin/kordon
PYTHON = .venv/bin/python
.DEFAULT_GOAL := help

.PHONY: help setup setup-dev demo test check format assets messages reference lock

help: ## Show this page
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 12

setup: ## Make .venv with what Kordon runs on
	@python3 boot.py

setup-dev: ## Make .venv with what the tests and checks need too
	@python3 boot.py --dev

demo: setup ## Start a demonstration in the browser (PORT=8123, KORDON_HOME=folder, ARGS=--fresh)
	@$(KORDON) demo --port $(PORT) $(ARGS)

test: setup-dev ## Run every test on SQLite, and again on PostgreSQL where its binaries are found
	@$(PYTHON) -m pytest -n auto --maxprocesses 4 $(ARGS)
	@$(PYTHON) -m tests.again $(ARGS)

check: setup-dev ## Style, types, import contracts, translations, docs and built assets
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy kordon boot.py
	@.venv/bin/lint-imports
	@.venv/bin/bandit -q -c pyproject.toml -r kordon
	@$(PYTHON) -m kordon.ui.messages --check
	@$(PYTHON) -m kordon.node.reference --check
	@$(PYTHON) -m kordon.ui.build --check

format: setup-dev ## Put every file into the house style
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

messages: setup-dev ## Collect the words of pages and refusals into one catalogue, and compile it
	@$(PYTHON) -m kordon.ui.messages

reference: setup-dev ## Write docs/reference from the code
	@$(PYTHON) -m kordon.node.reference

assets: setup-dev ## Build the files under kordon/ui/static anew (needs node and npm)
	@$(PYTHON) -m kordon.ui.build

lock: ## Resolve requirements*.in anew
	@python3 boot.py --lock
