# Two commands matter: `make demo` installs everything and does the main job on the sample corpus,
# `make test` installs everything and runs every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test install lint types unit docs audit bench clean

demo: install
	$(BIN)/textmine run
	@echo "Open / 打开: output/report.html"

test: install lint types unit

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; assert (3, 11) <= sys.version_info[:2] <= (3, 13), "textmine needs Python 3.11 to 3.13; set PYTHON=python3.12, say"'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(STAMP)

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

unit: install
	$(BIN)/pytest -n auto

docs: install
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	@echo "Open / 打开: site/index.html"

# Known vulnerabilities of the pinned dependencies; asks a database on the network.
audit:
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(VENV)-audit/bin/pip-audit -r constraints.txt --no-deps --disable-pip

bench: install
	$(BIN)/python -m benchmarks.run_stages

clean:
	rm -rf $(VENV) $(VENV)-audit output .textmine
