# All that a fresh Debian machine needs to build and test, given git, make, python3 and apt. Python
# packages come from the hash-locked files only; system packages are installed where that is
# allowed, and named in one line where it is not.

PYTHON ?= python3
BIN := .venv/bin
PIP_TOOLS := .venv-pip-tools-7.6.2
LANGUAGE_SERVER := tests/editor/node_modules
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.PHONY: help build test proof bench dist bundle setup setup-test fonts characters lock clean system system-test
.NOTPARALLEL:  # two apt-get at once would stumble over each other's lock

help:  ## 列出可用的命令
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 12

build: setup  ## 准备环境，把 content/ 生成到 output/
	$(BIN)/jixiao build

test: setup-test  ## 准备环境，检查代码格式与类型，运行全部测试
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist worksteal

proof: setup-test  ## 证明极端的表也排得完，并试全各种中断和代码托管平台（十几分钟，限时限内存）
	ulimit -v 6000000; timeout 7200 $(BIN)/pytest -n 2 -m 'proof or hypothesis' \
		--hypothesis-profile proof

bench: setup-test  ## 测量速度与内存
	$(BIN)/python -m tests.bench

dist: setup  ## 把安装包（wheel 和源码包）做到 dist/
	@PYTHON='$(CURDIR)/$(BIN)/python' sh release/dist.sh dist

bundle: setup  ## 把不联网也能安装的文件夹做到 dist/，用于与本机相同的 Debian
	@PYTHON='$(CURDIR)/$(BIN)/python' sh release/bundle.sh dist

setup: .venv/.jixiao  ## 只准备生成所需的环境
setup-test: system-test setup .venv/.test $(LANGUAGE_SERVER)/.lock  ## 只准备测试所需的环境

fonts: setup-test  ## 重新制作字体子集（需要网络）
	$(BIN)/python themes/official/fonts/make.py

characters: setup-test  ## 重新制作繁简字对照（需要网络）
	$(BIN)/python themes/official/characters/make.py

NPM = $(BIN)/npm --prefix tests/editor --ignore-scripts --no-audit --no-fund \
	--no-update-notifier --loglevel=error
COMPILE = CUSTOM_COMPILE_COMMAND='make lock' $(PIP_TOOLS)/bin/pip-compile $(if $(UPGRADE),--upgrade) \
	--quiet --generate-hashes --strip-extras --allow-unsafe --build-deps-for editable \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options
lock: $(PIP_TOOLS)  ## 更新依赖锁定文件，用 Python 3.11（加 UPGRADE=1 则升级版本）
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) -o requirements-test.lock --extra test -c requirements.lock pyproject.toml
	@$(MAKE) .venv/.test
	$(NPM) install --package-lock-only --omit-lockfile-registry-resolved

$(PIP_TOOLS):
	@$(PYTHON) -m venv $@
	@$@/bin/pip install -q pip-tools==$(lastword $(subst -, ,$@))

clean:  ## 删除生成的网站、安装包、虚拟环境和缓存
	rm -rf output .output.kept dist $(LANGUAGE_SERVER) .venv .venv-* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find builder tests themes -name __pycache__ -prune -exec rm -rf {} +

# Stamps, so that a second run does nothing. A new lock means a new environment: what it no longer
# names must not linger and hide a missing dependency.
.venv/.lock: requirements.lock | system
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo '需要 Python 3.11 或更新的版本，可用 make PYTHON=… 指定。' >&2; exit 3; }
	@echo '正在准备 Python 环境……'
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install -q --require-hashes -r $<
	@touch $@
.venv/.test: requirements-test.lock .venv/.lock
	@echo '正在准备测试工具……'
	@$(BIN)/pip install -q --require-hashes -r $<
	@touch $@
# The language server that editors bring along; the tests ask it what an author would see.
$(LANGUAGE_SERVER)/.lock: tests/editor/package-lock.json | .venv/.test
	@$(NPM) ci >/dev/null
	@touch $@
.venv/.jixiao: pyproject.toml .venv/.lock
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@$(BIN)/pip check >/dev/null || { $(BIN)/pip check; exit 3; }  # named, but not locked
	@touch $@

# WeasyPrint's own needs, and what the tests look at pages and PDFs with. Who wants to test is told
# of both at once. Elsewhere than on Debian nothing is checked here: `jixiao doctor` tells what is
# missing.
NEEDED = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
	$(shell $(PYTHON) -c 'import ensurepip' 2>/dev/null || echo python3-venv)
# libatomic1 is for the node that Playwright brings along.
# Pages are measured with a Chinese font of the system. Exported forms go through LibreOffice once.
NEEDED_FOR_TESTS = chromium-headless-shell fonts-noto-cjk poppler-utils libatomic1 \
	libjaxb-java libjaxb-api-java libreoffice-calc-nogui libreoffice-writer-nogui \
	$(shell command -v java >/dev/null || echo default-jre-headless)
system:
	@$(call need,$(NEEDED))
system-test:
	@$(call need,$(NEEDED) $(NEEDED_FOR_TESTS))

# A package counts when it is installed, or another one that provides it under its old name.
need = command -v dpkg-query >/dev/null || exit 0; \
	have=$$(dpkg-query -W -f '$${db:Status-Status} $${Package} $${Provides} \n'); \
	missing=$$(for p in $(1); do \
		echo "$$have" | grep -q "^installed \(.* \)\?$$p[ ,]" || printf ' %s' $$p; done); \
	[ -n "$$missing" ] || exit 0; install="apt-get install --no-install-recommends$$missing"; \
	if [ $$(id -u) = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo='sudo -n'; \
	else echo "缺少系统软件包，请先运行：sudo $$install" >&2; exit 3; fi; \
	echo "正在安装系统软件包$$missing"; sudo="$$sudo env DEBIAN_FRONTEND=noninteractive"; \
	{ $$sudo apt-get -qq update && $$sudo $$install -qq -y >/dev/null; } </dev/null || \
	{ echo "没有装上，请检查网络后运行：sudo $$install" >&2; exit 3; }
