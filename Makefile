# Fadu 法度. `make` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
GO ?= go
ADDR ?= localhost:8080
DATA ?=
# Text sources that the browser bundle is made of; the bundle is rebuilt when one is newer.
ASSET_SOURCES := web/package.json web/package-lock.json $(shell find web/src tools/assets -type f 2>/dev/null)
MANIFEST := internal/web/dist/manifest.json

.PHONY: help build demo run test check fmt gen assets lint soak clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

$(MANIFEST): $(ASSET_SOURCES)
	npm --prefix web ci --ignore-scripts --no-audit --no-fund --loglevel=error
	$(GO) run ./tools/assets
	@touch $@

assets: $(MANIFEST) ## bundle scripts, styles and fonts

build: $(MANIFEST) ## build bin/fadu
	$(GO) build -trimpath -ldflags="-s -w" -o bin/fadu ./cmd/fadu

demo: build ## make a demo bureau and serve it (ADDR=host:port DATA=folder)
	@exec bin/fadu demo --addr "$(ADDR)" $(if $(DATA),--data "$(DATA)")

run: build ## serve the database in DATA (default ./data)
	@exec bin/fadu serve --addr "$(ADDR)" --data "$(or $(DATA),data)"

test: ## everything: both databases, browser, goldens, lint, assets
	@tools/test.sh

check: ## the quick part: vet, lint and tests on SQLite
	$(GO) vet ./...
	$(MAKE) --no-print-directory lint
	FADU_TEST_ENGINES=sqlite $(GO) test ./...

lint: ## format, static checks, house rules
	@tools/lint.sh

fmt: ## format Go and templ sources
	$(GO) tool -modfile=tools/lint.mod gofumpt -w $$(git ls-files -co --exclude-standard '*.go' | grep -v _templ.go)
	$(GO) tool -modfile=tools/lint.mod templ fmt internal

gen: ## regenerate components, generated pages and goldens
	$(GO) tool -modfile=tools/lint.mod templ generate -path internal
	$(GO) test ./internal/app -run Generated -update

soak: ## everything, with long fuzzing (hours)
	@tools/soak.sh

clean: ## remove what the targets made
	rm -rf bin internal/web/dist/assets $(MANIFEST) web/node_modules
