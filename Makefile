# Two commands are all a newcomer needs: `make demo` and `make test`. Each does its own set-up.
.DELETE_ON_ERROR:
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A folder of labelled sets; where it is there, `make test` prints how well the models read them.
DATA ?= ../shared/data

.PHONY: demo test check bench soak system clean

demo: $(VENV)/runtime.stamp
	$(BIN)/minqing demo $(if $(ONCE),--once) $(if $(PORT),--port $(PORT))

# Files in their order: the longest, which mostly wait, are of tests/acceptance and must not be left to the end.
test: $(VENV)/dev.stamp system
	$(MAKE) --no-print-directory check
	@if [ -d "$(DATA)" ]; then $(BIN)/minqing evaluate "$(DATA)"; fi
	$(BIN)/pytest -q -rs -n 4 --dist loadfile --no-loadscope-reorder

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

soak: $(VENV)/dev.stamp
	$(BIN)/python -m tests.soak

bench: $(VENV)/dev.stamp
	$(BIN)/python -m tests.benchmarks

system:
	@scripts/system-packages

$(VENV)/runtime.stamp: requirements.lock pyproject.toml
	scripts/setup $(PYTHON) $(VENV) requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml
	scripts/setup $(PYTHON) $(VENV) requirements-dev.lock
	@touch $@ $(VENV)/runtime.stamp

clean:
	rm -rf $(VENV) var
