# Everything runs in .venv, which tools/setup.sh makes and keeps up to date.

BIN := .venv/bin
SERVE ?= 1

# Called from a git hook, git would point the tests' own git at this repository.
unexport GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE GIT_PREFIX

# Tests find their browser on PATH and must not depend on who runs them or where.
TEST_ENV := PATH="$(CURDIR)/$(BIN):$$PATH" \
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8 TZ=UTC

define LINT
$(BIN)/ruff check
$(BIN)/ruff format --check
$(BIN)/mypy
$(BIN)/lint-imports
endef

.PHONY: help
help: ## show this list
	@sed -n 's/^\([a-z]*\):.* ## \(.*\)/  make \1\t\2/p' Makefile

.PHONY: demo
demo: ## check the example community, build its site and serve it (SERVE=0: only build)
	@tools/setup.sh demo
	$(BIN)/crmtool check
	$(BIN)/crmtool site build
ifneq ($(SERVE),0)
	$(BIN)/crmtool site serve --no-build
endif

.PHONY: test
test: ## run every check there is
	@tools/setup.sh test
	$(LINT)
	$(TEST_ENV) $(BIN)/pytest -n auto
	$(BIN)/crmtool check

.PHONY: lint
lint: ## run the checks that only read the code
	@tools/setup.sh dev
	$(LINT)

.PHONY: format
format: ## format the code and repair what can be repaired safely
	@tools/setup.sh dev
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

.PHONY: bench
bench: ## measure against the baselines and print a table
	@tools/setup.sh dev
	$(BIN)/python -m benchmarks

# Not the whole of .crm: a command that was killed left its journal there.
.PHONY: fuzz
fuzz: ## feed broken files to all that reads files, each for FUZZ_SECONDS (60)
	@tools/setup.sh dev
	$(TEST_ENV) $(BIN)/python -m tests.fuzz $(TARGETS)

.PHONY: clean
clean: ## remove built sites and caches; .venv stays
	rm -rf build dist *.egg-info .crm/cache .crm/docs
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
