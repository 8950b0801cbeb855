# Cartellino. `make demo` shows it; `make test` proves it. Both set up everything they need in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data
# torch and torchvision go together; another pair may be named: make test TORCH="torch==… torchvision==…"
TORCH ?= torch==2.14.1 torchvision==0.29.1

.PHONY: demo demo-check test quick lint types layers unit full bench docs clean

$(VENV)/pip.stamp:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/light.stamp: $(VENV)/pip.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/light.stamp
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(VENV)/train.stamp: $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet $(TORCH) --editable '.[train,more,classical,hub,search]'
	@touch $@

demo: $(VENV)/light.stamp      ## the whole main job on a painted gallery, then the review desk
	$(BIN)/cartellino demo

demo-check: $(VENV)/light.stamp  ## the same without staying up
	$(BIN)/cartellino demo --check

test: $(VENV)/train.stamp lint types layers full demo-check  ## everything a landing needs

quick: $(VENV)/dev.stamp       ## the fast tests, under two minutes
	$(BIN)/pytest -q -n 2 -m "not slow and not browser and not train and not realdata"

full: $(VENV)/train.stamp
	CARTELLINO_DATA=$${CARTELLINO_DATA:-$(DATA)} $(BIN)/pytest -q -n 2 --dist worksteal --durations=15

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks

types: $(VENV)/dev.stamp
	$(BIN)/mypy

layers: $(VENV)/dev.stamp
	$(BIN)/lint-imports

bench: $(VENV)/train.stamp     ## every benchmark, side by side; results belong in docs/benchmarks.md
	CARTELLINO_DATA=$${CARTELLINO_DATA:-$(DATA)} $(BIN)/python benchmarks/all.py

clean:
	rm -rf $(VENV) build dist demo-museum

docs: $(VENV)/dev.stamp        ## write the pages that are made from the code
	PYTHONPATH=tests $(BIN)/python -m docs_reference
