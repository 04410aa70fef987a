# Conveniences around dev.py, which needs nothing but Python 3.11.
PYTHON ?= python3

.PHONY: help demo test quick lint format screenshots
help: ## Show what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: ## Set up and serve the example at http://localhost:8000
	$(PYTHON) dev.py demo

test: ## Set up and run all tests
	$(PYTHON) dev.py test

quick: ## The short tests for the way there
	$(PYTHON) dev.py test --quick

lint: ## ruff, mypy, djade, import contracts, missing migrations, catalogues
	$(PYTHON) dev.py lint

format: ## Format Python and templates
	.venv/bin/ruff check --fix . && .venv/bin/ruff format . && .venv/bin/djade --target-version 5.2 $$(find templates -name '*.html')

screenshots: ## Take the README's pictures from a running demo
	.venv/bin/python docs/screenshots.py
