# Entra Sync for Mattermost. `make help` lists the commands.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VERSION   := $(shell node -p "require('./plugin.json').version")
ARCHIVE   := dist/entrasync-$(VERSION).tar.gz
PLATFORMS := linux-amd64 linux-arm64 darwin-amd64 darwin-arm64 windows-amd64
TOOLS     := $(CURDIR)/.tools/bin
RESULTS   := $(CURDIR)/.build/results

GOLANGCI_LINT := golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOTESTSUM     := gotestsum@v1.13.0

SYNC_SOURCES   := $(shell find webapp/src/sync -name '*.ts' -not -name '*.test.ts' 2>/dev/null)
PAGE_SOURCES   := $(shell find webapp/src -type f -not -name '*.test.ts*' 2>/dev/null)
SERVER_SOURCES := $(shell find server -name '*.go' -not -name '*_test.go' -o -name '*.sql' 2>/dev/null)
BUILD_CONFIG   := package-lock.json webpack.config.js tsconfig.json webapp/src/sync/tsconfig.json

## Build

.PHONY: setup
setup: node_modules/.package-lock.json ## Install what the build needs: the npm packages (Go fetches its modules itself)

node_modules/.package-lock.json: package-lock.json
	npm ci
	@touch $@

.PHONY: system
system: ## Install the system packages that the browser tests need, or say which are missing
	@e2e/system_packages.sh

bundle: server/engine/bundle/sync.js ## Build the sync logic for the embedded engine
server/engine/bundle/sync.js: node_modules/.package-lock.json $(SYNC_SOURCES) $(BUILD_CONFIG)
	npx webpack --mode production --config-name sync

webapp/dist/main.js: node_modules/.package-lock.json $(PAGE_SOURCES) $(BUILD_CONFIG)
	npx webpack --mode production --config-name page

server/dist/plugin-%: server/engine/bundle/sync.js $(SERVER_SOURCES) server/go.sum
	cd server && GOOS=$(word 1,$(subst -, ,$*)) GOARCH=$(word 2,$(subst -, ,$*)) CGO_ENABLED=0 \
		go build -trimpath -ldflags '-s -w' -o dist/plugin-$*$(if $(findstring windows,$*),.exe) .
	@touch server/dist/plugin-$*

.PHONY: dist
dist: $(ARCHIVE) ## Build dist/entrasync-<version>.tar.gz for every platform
$(ARCHIVE): $(PLATFORMS:%=server/dist/plugin-%) webapp/dist/main.js plugin.json $(wildcard assets/*)
	$(call pack,$@,$(PLATFORMS))

HOST := $(shell go env GOOS)-$(shell go env GOARCH)
HOST_ARCHIVE := dist/entrasync-$(VERSION)-$(HOST).tar.gz

.PHONY: dist-host
dist-host: $(HOST_ARCHIVE) ## Build the plugin for this machine only (what demo and tests use)
$(HOST_ARCHIVE): server/dist/plugin-$(HOST) webapp/dist/main.js plugin.json $(wildcard assets/*)
	$(call pack,$@,$(HOST))

# GNU tar and the tar of macOS have different options for the owner.
TAR_FLAGS := $(if $(findstring GNU,$(shell tar --version)),--sort=name --owner=0 --group=0,--uid 0 --gid 0)

# pack creates the plugin archive $(1) with the executables of the platforms $(2).
define pack
	rm -rf dist/stage && mkdir -p dist/stage/entrasync/server/dist dist/stage/entrasync/webapp
	cp -r plugin.json LICENSE assets dist/stage/entrasync/
	cp -r webapp/dist dist/stage/entrasync/webapp/
	for platform in $(2); do case $$platform in windows-*) cp server/dist/plugin-$$platform.exe dist/stage/entrasync/server/dist/;; \
		*) install -m 755 server/dist/plugin-$$platform dist/stage/entrasync/server/dist/;; esac; done
	tar $(TAR_FLAGS) --numeric-owner -C dist/stage -czf $(1) entrasync
	rm -rf dist/stage
endef

HOST_PAGE := e2e/.build/host_page/root.html
HOST_PAGE_SOURCES := $(shell find e2e/browser/host_page -type f 2>/dev/null)
$(HOST_PAGE): node_modules/.package-lock.json $(HOST_PAGE_SOURCES)
	npx webpack --config e2e/browser/host_page/webpack.config.js

.PHONY: generate
generate: setup ## Make the generated files: manifests, closed lists for Go, checks of answers, policy schema, the guides' table of errors
	npx tsx webapp/generate/manifest.ts
	npx tsx webapp/generate/settings.ts
	npx tsx webapp/generate/policy_schema.ts
	npx tsx webapp/generate/error_table.ts
	npx tsx webapp/generate/go_lists.ts
	npx tsx webapp/generate/answer_schemas.ts
	gofmt -w server/manifest.go

## Check

.PHONY: lint
lint: setup bundle lint-generated lint-ts lint-go ## Check style, types, the dependency rule and the generated files

.PHONY: lint-generated
lint-generated: generate
	git diff --exit-code -- plugin.json server/manifest.go server/settings_table.go server/fault server/names webapp/src/manifest.ts webapp/src/answer_schemas.ts docs/policy.schema.json docs/admin_guide.md docs/admin_guide.ko.md \
		|| { echo 'Generated files differ: run `make generate` and commit what it makes.' >&2; exit 1; }

.PHONY: lint-ts
lint-ts: setup
	npx tsc --noEmit
	npx tsc --noEmit -p webapp/src/sync/tsconfig.json
	npx eslint .
	npx depcruise webapp/src --config .dependency-cruiser.js

.PHONY: lint-go
lint-go: bundle $(TOOLS)/golangci-lint
	cd server && $(TOOLS)/golangci-lint run ./...
	cd e2e && $(TOOLS)/golangci-lint run ./...
	cd e2e/mattermost && $(TOOLS)/golangci-lint run ./...

$(TOOLS)/golangci-lint:
	GOBIN=$(TOOLS) go install github.com/golangci/$(GOLANGCI_LINT)

$(TOOLS)/gotestsum:
	GOBIN=$(TOOLS) go install gotest.tools/$(GOTESTSUM)

.PHONY: test-tools
test-tools: $(TOOLS)/gotestsum

.PHONY: test
test: test-ts test-go test-e2e test-browser ## Run all tests: TypeScript, Go, the real server, the browser

.PHONY: test-ts
test-ts: setup ## Jest: the sync logic and the page
	@mkdir -p $(RESULTS)
	npx jest --json --outputFile=$(RESULTS)/jest.json

.PHONY: test-go
test-go: setup bundle $(TOOLS)/gotestsum ## Go: engine, store, job, API
	@mkdir -p $(RESULTS)
	cd server && $(TOOLS)/gotestsum --format pkgname --jsonfile $(RESULTS)/go.json -- ./...

FUZZTIME ?= 20s
.PHONY: fuzz
fuzz: setup bundle ## Try hostile input on what reads from outside, FUZZTIME=20s for each target (not part of test)
	@grep -rHoE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' server e2e | while IFS=: read -r file declaration; do \
		echo "$$file $${declaration#func }"; \
		go test -C "$$(dirname "$$file")" -run '^$$' -fuzz "^$${declaration#func }\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s . </dev/null || exit 1; \
	done

# The number of days of the simulated company (e2e/days) in the tests. `make days` plays more.
TEST_DAYS ?= 60
.PHONY: test-e2e
test-e2e: setup dist-host $(TOOLS)/gotestsum ## The real Mattermost server, PostgreSQL and the simulated tenant
	@mkdir -p $(RESULTS)
	cd e2e && DAYS=$(TEST_DAYS) $(TOOLS)/gotestsum --format testname --jsonfile $(RESULTS)/e2e.json -- -p 2 -parallel 8 -timeout 25m ./tests ./...

DAYS ?= 300
.PHONY: days
days: setup dist-host ## Play DAYS=300 random days of a company against the real server; DAYS_SEED chooses the dice (any number)
	cd e2e && DAYS=$(DAYS) DAYS_SEED=$(or $(DAYS_SEED),$(shell date +%s)) go test -count=1 -v -timeout 60m ./days

.PHONY: test-browser
test-browser: test-browser-shared test-browser-alone ## The page in Chromium, and Microsoft's own client against the simulated tenant

.PHONY: test-browser-shared test-browser-alone
test-browser-shared: browser-stage
	npx jest --config e2e/jest.config.js --selectProjects browser pictures --json --outputFile=$(RESULTS)/browser.json

test-browser-alone: browser-stage
	npx jest --config e2e/jest.config.js --selectProjects alone graph_client --json --outputFile=$(RESULTS)/browser_alone.json

.PHONY: browser-stage
browser-stage: setup system dist-host $(HOST_PAGE)
	@mkdir -p $(RESULTS)
	go build -C e2e -o .build/scene ./cmd/scene

## Use

.PHONY: demo
demo: ## Start everything, sync an invented company, show the result (ONCE=1 ends after that)
	@$(MAKE) --no-print-directory setup dist-host $(HOST_PAGE) >&2
	@go build -C e2e -o .build/stage ./cmd/stage >&2
	@MATTERMOST_CLIENT_DIR="$${MATTERMOST_CLIENT_DIR:-e2e/.build/host_page}" exec e2e/.build/stage

.PHONY: screenshots
screenshots: setup system dist-host $(HOST_PAGE) ## Take the pictures in docs/screenshots again
	npx tsx e2e/browser/screenshots.ts

.PHONY: bench
bench: setup system dist-host $(HOST_PAGE) ## Measure the budgets of docs/performance.md
	cd e2e && go run ./cmd/bench
	npx tsx e2e/browser/bench.ts

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf dist webapp/dist server/dist server/engine/bundle/sync.js .build .tools e2e/.build

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
