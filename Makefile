# Everything a newcomer needs; only Python 3.11, make and the package registries are assumed.
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .uv/bin/uv
BIN := .venv/bin

.PHONY: install run demo test lint browser benchmark-minutes benchmark-retrieval benchmark-speed benchmark-drafting clean

install: .venv/.installed

$(UV):
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.installed: pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --quiet --python $(PYTHON)
	@touch $@

run: install
	$(BIN)/assistai ui

demo: install
	$(BIN)/assistai demo --out data/out

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser:
	@test -x /usr/bin/chromium || test "$$(id -u)" != 0 || \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-color-emoji; }

test: lint browser
	$(BIN)/pytest -n 2 --dist loadgroup

benchmark-minutes: install
	$(BIN)/python -m benchmarks.minutes

benchmark-retrieval: install
	$(BIN)/python -m benchmarks.retrieval

benchmark-models: install
	$(BIN)/python -m benchmarks.models

benchmark-speed: install
	$(BIN)/python -m benchmarks.speed

benchmark-drafting: install
	$(BIN)/python -m benchmarks.drafting

clean:
	rm -rf .venv .uv dist build data/out
