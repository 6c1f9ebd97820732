# Two commands for a newcomer: `make run` and `make test`. `make check` is the fast one (2 minutes).
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LANGUAGE ?= zh
# The platform of `make run`: its port, and the folder where it keeps what people do.
PORT ?= 8000
DATA ?= var
export UV_PYTHON_DOWNLOADS := never
export PYTHONDONTWRITEBYTECODE :=

# What runs on PostgreSQL as well.
ON_POSTGRESQL := $(foreach part,accounts filing ledger lending matters operations plans webhooks whole,tests/unit/platform/$(part)) \
  $(foreach part,confirming permissions way,tests/unit/platform/api/test_$(part).py) \
  tests/platform_proof/test_at_once.py
# Two workers take whole files, the long ones first.
AT_ONCE := -n 2 --dist loadfile --no-loadscope-reorder

# What needs a whole house of people takes minutes; `make check` leaves it to `make test`.
QUICK := $(foreach part,api desks security whole,--ignore=tests/unit/platform/$(part))

.PHONY: run install demo test check lint types imports unit bench lock format clean system-packages cluster
.DEFAULT_GOAL := run

# In continuous integration (CI is set) the platform is started, looked at, and ended.
run: $(VENV)/.runtime ## Install what is needed and open the platform at http://127.0.0.1:8000; Ctrl-C ends it
	@echo "make demo  把示例企业评估成报告，写入 out/ · appraises the example firms into out/"
	@$(BIN)/zhirong serve --demonstration --data $(DATA) --examples examples --port $(PORT) --lang $(LANGUAGE) $(if $(CI),--trial)

install: $(VENV)/.runtime ## Install what is needed to run, and nothing else: for servers

demo: $(VENV)/.runtime ## Appraise the example firms into out/
	@$(BIN)/python tools/run_examples.py --lang $(LANGUAGE) --out out

test: $(VENV)/.dev system-packages lint types imports ## Everything
	@$(BIN)/python -m pytest $(AT_ONCE)
	@$(BIN)/python -m tools.with_postgresql $(BIN)/python -m pytest $(AT_ONCE) $(ON_POSTGRESQL)

check: $(VENV)/.dev lint types imports unit ## The fast one, before each commit

lint: $(VENV)/.dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

imports: $(VENV)/.dev
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

unit: $(VENV)/.dev
	@$(BIN)/python -m pytest -m "not slow and not data" $(QUICK) tests/unit tests/properties tests/cases tests/house src

bench: $(VENV)/.runtime
	@$(BIN)/python -m benchmarks

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

cluster: $(VENV)/.dev ## Spark and Java, and the proof that two workers give the bytes of one machine
	@sh tools/install_system_packages.sh cluster
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/cluster.txt
	@$(BIN)/python -m pytest tests/unit/adapters/engines

system-packages: ## LibreOffice for the workbook tests
	@sh tools/install_system_packages.sh

$(VENV)/.tools: requirements/tools.txt
	@echo "Preparing $(VENV) ..."
	@sh tools/make_environment.sh "$(PYTHON)" "$(VENV)"
	@touch $@

$(VENV)/.runtime: $(VENV)/.tools requirements/runtime.txt pyproject.toml
	@echo "Installing what is needed ..."
	@if [ -f $(VENV)/.dev ]; then true; else $(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements/tools.txt requirements/runtime.txt; fi
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.tools requirements/dev.txt pyproject.toml
	@echo "Installing what the tests need ..."
	@$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements/dev.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime

lock: $(VENV)/.tools ## Write the hashed locks anew, without addresses
	@sh tools/lock.sh $(BIN)/uv

clean:
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
