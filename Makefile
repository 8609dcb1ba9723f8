# The front door. `make help` lists the targets; the work is done by scripts/ and cargo.
# One profile everywhere (`--release`), so that llama.cpp is compiled once; `cargo bench` shares it as long as Cargo.toml
# has no [profile.bench].

.DEFAULT_GOAL := help
.PHONY: help setup build demo test bench audit package

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

setup: ## install what a build needs: compilers, cmake, libclang
	@scripts/setup

build: setup ## build the program, target/release/compression-layer
	@. scripts/environment && cargo build --release

demo: build ## compress a text and a source file with the embedded model; show before, after and receipt
	@scripts/demo

test: ## run every check: format, scripts, licences, lints, tests, documentation
	@scripts/setup --checks
	@scripts/check

bench: build ## measure speed and quality beside their peers; each table is a bench target of benches/
	@benches/fetch
	@. scripts/environment && cargo bench --package benches

package: build ## pack the extension for VS Code with the program inside, for this platform
	@. scripts/environment && editors/vscode/scripts/package "$$target/release/compression-layer" "$$target/vscode"

audit: ## check the dependencies for known vulnerabilities (fetches the advisory database with git)
	@scripts/setup --checks
	@. scripts/environment && PATH="$$tools/bin:$$PATH" && cargo deny --all-features check advisories
