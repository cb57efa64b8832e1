# make        installs everything and opens the program on a demo event
# make test   runs every check and every test
# make program, make deb, make wheel   builds what docs/installing.md hands out, and tries it
PY := .venv/bin/python
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
WINDOW_LIBS := libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0 libxcb-cursor0 \
  libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-randr0 libxcb-render-util0 libxcb-shape0 \
  libxcb-xkb1 libxkbcommon-x11-0
TEST_TOOLS := chromium poppler-utils postgresql xvfb

.PHONY: demo test check tests lock shots pictures program deb wheel clean

demo: .venv/ready
	$(PY) main.py demo

test: .venv/ready-test check tests

check: .venv/ready-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

tests: .venv/ready-test
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --dist loadfile --max-worker-restart=0

pictures: .venv/ready
	$(PY) docs/pictures/make.py

shots: .venv/ready
	QT_QPA_PLATFORM=offscreen $(PY) main.py shots --out out/shots

program: .venv/ready-test
	$(call debian,binutils libpython$$($(PY) -c 'import sys; print("%d.%d" % sys.version_info[:2])'))
	.venv/bin/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build build.spec
	$(PY) -m tests.program.check dist/venue-app/venue-app

deb: program
	$(PY) resources/program/make_deb.py dist/venue-app dist

wheel: .venv/ready-test
	rm -rf dist/*.whl dist/try
	$(PY) -m hatchling build -t wheel -d dist
	$(PY) -m venv dist/try
	dist/try/bin/python -m pip install -q --require-hashes -r requirements.lock
	dist/try/bin/python -m pip install -q --no-deps dist/*.whl
	$(PY) -m tests.program.check dist/try/bin/venue-app

lock: .venv/ready-test
	$(PY) -m pip install -q uv
	.venv/bin/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url \
	  --python-version 3.11 -q -o requirements.lock --custom-compile-command "make lock"
	.venv/bin/uv pip compile pyproject.toml --extra dev --extra build --universal --generate-hashes --no-emit-index-url \
	  --python-version 3.11 -q -o requirements-dev.lock --custom-compile-command "make lock"

# Debian's packages are asked for only where apt-get exists and something is missing.
define debian
	@if command -v apt-get >/dev/null && ! dpkg -s $(1) >/dev/null 2>&1; then \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $(1); fi
endef

.venv/ready: requirements.lock
	$(call debian,$(WINDOW_LIBS) python3-venv)
	[ -x $(PY) ] || python3 -m venv .venv
	$(PY) -m pip install -q --require-hashes -r requirements.lock
	touch $@

.venv/ready-test: requirements-dev.lock
	$(call debian,$(WINDOW_LIBS) $(TEST_TOOLS) python3-venv)
	[ -x $(PY) ] || python3 -m venv .venv
	$(PY) -m pip install -q --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf .venv out build dist
