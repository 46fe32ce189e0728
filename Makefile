# make demo   the whole year's path on the 2024 document, results under out/demo
# make manual  the manual's pictures, taken anew of the product at work
# make mutate  mutation testing of cells/ and domain/
# make wine   the install kit and three buttons on a Windows Python under Wine; the report is docs/wine-report.txt
# make test   everything that must hold: lint, types, tests, artefacts that rebuild to the same bytes
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := out/demo

.PHONY: demo test check-style unit bench addin master kit debian validator clean

demo: $(VENV)/ready
	$(BIN)/minsheng demo -o $(DEMO)

test: debian validator check-style unit artefacts

# The first Python of 3.11 or later that is there: an office server may carry several.
$(VENV)/ready: pyproject.toml
	@for python in $(PYTHON) python3.13 python3.12 python3.11; do \
	  if command -v $$python >/dev/null && $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then found=$$python; break; fi; done; \
	if [ -z "$$found" ]; then echo "Python 3.11 or later is needed"; exit 1; fi; \
	$$found -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

# Live tests need LibreOffice, fonts and a screen; where they cannot be installed those tests are skipped with the reason said.
debian:
	@sh tools/install-debian-packages.sh

validator:
	@if command -v npm >/dev/null; then npm install --silent --no-audit --no-fund --no-package-lock; else echo "npm is not here: validator tests will be skipped"; fi

check-style: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What happens at a desk, with a mouse, is tested with nothing else going on.
unit: $(VENV)/ready
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not desk"
	$(BIN)/python -m pytest -m desk

# Committed artefacts must be what a rebuild gives.
.PHONY: artefacts
artefacts: $(VENV)/ready
	$(BIN)/python tools/rebuild.py --check

addin master: $(VENV)/ready
	$(BIN)/python tools/rebuild.py

kit: $(VENV)/ready
	$(BIN)/python -m minsheng.kit -o dist

# Some twenty minutes; Debian's Wine, and Python 3.11, since the standard library beside python311.dll is the one that runs this.
.PHONY: wine
wine: $(VENV)/ready
	@sh tools/install-debian-packages.sh wine wine64 locales
	cd tests && ../$(BIN)/python -m wine ../out/wine ../docs/wine-report.txt

bench: $(VENV)/ready
	@for bench in tests/bench/bench_*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

# Which changes of cells/ and domain/ no test notices: half an hour and more, so not in CI.
.PHONY: mutate
mutate: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[mutate]'
	$(BIN)/python tools/mutate.py

# Needs LibreOffice and a screen of its own; look at what it took before it is committed. LibreOffice's windows speak Chinese
# where libreoffice-l10n-zh-cn is installed: LC_ALL=zh_CN.UTF-8 make manual
.PHONY: manual
manual: debian demo
	PYTHONPATH=tests:tools $(BIN)/python -m manual $(DEMO)

clean:
	rm -rf $(VENV) out dist node_modules .pytest_cache .mypy_cache .ruff_cache
