# SPDX-License-Identifier: EUPL-1.2
# The only door. `make help` says what there is.
CC ?= cc
PREFIX ?= /usr/local
KEUR_SHARED ?= ../shared
export KEUR_SHARED

VERSION := 0.1.0
SANITIZE ?=
BUILD ?= build$(if $(SANITIZE),/sanitize)
# DEVELOPER=1 makes every warning an error (.ci/run sets it); V=1 shows the commands.
DEVELOPER ?=
V ?=
Q := $(if $(V),,@)

CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla $(if $(DEVELOPER),-Werror)
# Where headers of libraries lie that have a folder of their own. They are loaded when first needed, and not linked.
SYSTEM := -isystem /usr/include/libxml2 -isystem /usr/include/xmlsec1 $(shell pkg-config --cflags-only-I pangocairo libqrencode | sed 's/-I/-isystem /g')
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -DKEUR_VERSION='"$(VERSION)"' -Ichecker $(SYSTEM) $(WARNINGS) $(CFLAGS) \
	$(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
ALL_LDFLAGS := $(LDFLAGS) $(if $(SANITIZE),-fsanitize=$(SANITIZE))
LIBS := -lyaml -lpcre2-8 -lnettle -lidn2 -lm -lpthread

# What libraries leak once and for all, and is no fault of keur; for SANITIZE=address.
export LSAN_OPTIONS := suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0

SOURCES := $(sort $(wildcard checker/*/*.c))
LIB_OBJECTS := $(patsubst checker/%.c,$(BUILD)/obj/%.o,$(filter-out checker/cmd/%,$(SOURCES)))
CMD_OBJECTS := $(patsubst checker/%.c,$(BUILD)/obj/%.o,$(filter checker/cmd/%,$(SOURCES)))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/*/test_*.c)))
SUITES := $(patsubst tests/suites/%.c,$(BUILD)/suites/%,$(sort $(wildcard tests/suites/*.c)))
BENCHES := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(sort $(wildcard tests/bench/*.c)))
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
C_FILES := $(sort $(wildcard checker/*/*.[ch] fixtures/consumer/*.c fixtures/vendor/*.[ch] fixtures/vendor/*/*.[ch] tests/*/*.[ch] tests/*/*/*.[ch]))

all: $(BUILD)/keur ## build the program: build/keur

$(BUILD)/keur: $(CMD_OBJECTS) $(BUILD)/libkeur.a
	@echo "  LINK   $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libkeur.a: $(LIB_OBJECTS)
	@echo "  AR     $@"
	@rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/obj/%.o: checker/%.c Makefile
	@mkdir -p $(@D)
	@echo "  CC     $<"
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libkeur.a
	@mkdir -p $(@D)
	@echo "  TEST   $<"
	$(Q)$(CC) $(ALL_CFLAGS) -Itests -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libkeur.a $(LIBS) -lcmocka

$(BUILD)/suites/%: tests/suites/%.c $(BUILD)/libkeur.a
	@mkdir -p $(@D)
	@echo "  TEST   $<"
	$(Q)$(CC) $(ALL_CFLAGS) -Itests -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libkeur.a $(LIBS)

# A server that misbehaves, and a client that asks it; both for tests/hostile/run-http.
HOSTILE_SERVER := $(sort $(filter-out tests/hostile/client.c tests/hostile/canary.c,$(wildcard tests/hostile/*.c)))
$(BUILD)/hostile/server: $(HOSTILE_SERVER) tests/hostile/peer.h
	@mkdir -p $(@D)
	@echo "  TEST   $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(HOSTILE_SERVER) -lssl -lcrypto -lpthread

$(BUILD)/hostile/canary: tests/hostile/canary.c
	@mkdir -p $(@D)
	@echo "  TEST   $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $<

$(BUILD)/hostile/client: tests/hostile/client.c $(BUILD)/libkeur.a
	@mkdir -p $(@D)
	@echo "  TEST   $<"
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libkeur.a $(LIBS)

BENCH_PEERS = $(if $(wildcard /usr/include/jansson.h),-DWITH_JANSSON -ljansson) \
	$(if $(wildcard /usr/include/cjson/cJSON.h),-DWITH_CJSON -lcjson)
$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libkeur.a
	@mkdir -p $(@D)
	@echo "  BENCH  $<"
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libkeur.a $(LIBS) $(BENCH_PEERS)

# A stand-in vendor for tests and the demo; it needs libmicrohttpd.
VENDOR_SOURCES := $(sort $(wildcard fixtures/vendor/*.c fixtures/vendor/zgw/*.c))
vendor: ## install what is missing, and build the stand-in vendor service: build/vendor
	@.ci/deps build vendor
	@$(MAKE) --no-print-directory $(BUILD)/vendor

VENDOR_OBJECTS := $(patsubst fixtures/vendor/%.c,$(BUILD)/vendor-obj/%.o,$(VENDOR_SOURCES))
$(BUILD)/vendor-obj/%.o: fixtures/vendor/%.c Makefile
	@mkdir -p $(@D)
	@echo "  VENDOR $<"
	$(Q)$(CC) $(ALL_CFLAGS) -Ifixtures/vendor -DVENDOR_OPENAPI='"$(abspath fixtures/vendor/openapi.yaml)"' -MMD -MP -c -o $@ $<

$(BUILD)/vendor: $(VENDOR_OBJECTS) $(BUILD)/libkeur.a
	@echo "  VENDOR $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(VENDOR_OBJECTS) $(BUILD)/libkeur.a -lmicrohttpd $(LIBS)

# A stand-in consumer of ZGW APIs, for tests of role consumer.
$(BUILD)/consumer: fixtures/consumer/main.c $(BUILD)/libkeur.a
	@echo "  VENDOR $@"
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ fixtures/consumer/main.c $(BUILD)/libkeur.a $(LIBS)

demo: ## install what is missing, build, and check a sample service: its description, and itself while it runs
	@.ci/deps build vendor
	@$(MAKE) --no-print-directory $(BUILD)/keur $(BUILD)/vendor
	@tests/demo $(BUILD)/keur $(BUILD)/vendor

TESTS := check-unit check-vendor check-certificate check-register check-determinism check-golden check-formats check-suites check-rules check-hostile docs-check
test: deps-test ## install what is missing, then every test; goes on after a failure
	@$(MAKE) --no-print-directory -k $(TESTS)

check-unit: $(UNIT_TESTS) ## unit tests, one cmocka binary for each module
	@tests/run-all unit $(UNIT_TESTS)

$(BUILD)/vendor-test: tests/vendor/test_vendor.c $(BUILD)/libkeur.a
	@echo "  TEST   $<"
	$(Q)$(CC) $(ALL_CFLAGS) -Itests $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libkeur.a $(LIBS) -lcmocka

$(BUILD)/zgw-requests: tests/vendor/zgw_requests.c $(BUILD)/libkeur.a
	@echo "  TEST   $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libkeur.a $(LIBS)

check-vendor: $(BUILD)/keur $(BUILD)/vendor $(BUILD)/consumer $(BUILD)/vendor-test $(BUILD)/zgw-requests ## the stand-in vendor, whole and with each of its faults
	@VENDOR=$(BUILD)/vendor tests/run-all vendor $(BUILD)/vendor-test
	@KEUR=$(abspath $(BUILD)/keur) VENDOR=$(abspath $(BUILD)/vendor) tests/vendor/matrix
	@KEUR=$(abspath $(BUILD)/keur) VENDOR=$(abspath $(BUILD)/vendor) tests/vendor/zgw-matrix
	@KEUR=$(abspath $(BUILD)/keur) VENDOR=$(abspath $(BUILD)/vendor) REQUESTS=$(abspath $(BUILD)/zgw-requests) tests/vendor/zgw-requests
	@KEUR=$(abspath $(BUILD)/keur) VENDOR=$(abspath $(BUILD)/vendor) tests/vendor/zgw-hostile
	@KEUR=$(abspath $(BUILD)/keur) CONSUMER=$(abspath $(BUILD)/consumer) tests/vendor/consumer-matrix
	@KEUR=$(abspath $(BUILD)/keur) VENDOR=$(abspath $(BUILD)/vendor) tests/vendor/preflight
	@KEUR=$(abspath $(BUILD)/keur) VENDOR=$(abspath $(BUILD)/vendor) tests/vendor/secrets
	@KEUR=$(abspath $(BUILD)/keur) VENDOR=$(abspath $(BUILD)/vendor) tests/vendor/live

# What is recorded follows the order of headers of libcurl: to be asked after a change of the client, not of every machine.
live-fixtures: $(BUILD)/keur $(BUILD)/vendor ## record the live fixtures again; then read git diff
	@KEUR=$(abspath $(BUILD)/keur) VENDOR=$(abspath $(BUILD)/vendor) tests/vendor/record-fixtures

$(BUILD)/certificate-probe: tests/certificate/probe.c $(BUILD)/libkeur.a
	@echo "  TEST   $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libkeur.a $(LIBS)

check-certificate: $(BUILD)/keur $(BUILD)/vendor $(BUILD)/certificate-probe ## certificates: made, verified, forged, changed
	@KEUR=$(abspath $(BUILD)/keur) VENDOR=$(abspath $(BUILD)/vendor) PROBE=$(abspath $(BUILD)/certificate-probe) tests/certificate/run

check-register: $(BUILD)/keur $(BUILD)/vendor ## the register and monitoring: what is listed, refused, replaced, asked again
	@KEUR=$(abspath $(BUILD)/keur) VENDOR=$(abspath $(BUILD)/vendor) tests/register/run

check-determinism: $(BUILD)/keur ## the same input gives the same report: 100 runs; build/clang/keur too where it is there
	@KEUR=$(abspath $<) tests/certificate/determinism $(wildcard build/clang/keur)

check-suites: $(SUITES) ## public suites and other tools' verdicts, from $(KEUR_SHARED)
	@tests/run-all suites $(SUITES)

check-golden: $(BUILD)/keur ## the program on cases with expected output
	@KEUR=$(abspath $<) tests/golden/run

golden-update: $(BUILD)/keur ## write what the cases give as what is expected; then read git diff
	@KEUR=$(abspath $<) tests/golden/run -u

check-formats: $(BUILD)/keur ## JUnit and SARIF reports against their schemas
	@tests/formats/run $(abspath $<)

check-browser: $(BUILD)/keur ## HTML reports and the register in Chromium: axe-core, keyboard, 320 pixels, without script; not part of make test
	@tests/browser/run $(abspath $<)

check-rules: $(BUILD)/keur ## every rule on its own passing and failing fixtures
	@$< rules test --artefacts $(KEUR_SHARED)/reference/xml/schemas --artefacts $(KEUR_SHARED)/reference/xml/xsd-common \
		--artefacts $(KEUR_SHARED)/reference/xml/sc-upl

# The sanitizers reserve terabytes of addresses, so memory is not bounded with them.
HOSTILE = $(if $(SANITIZE),HOSTILE_MEMORY=none HOSTILE_SECONDS=60)
check-hostile: $(BUILD)/keur $(BUILD)/hostile/server $(BUILD)/hostile/client $(BUILD)/hostile/canary ## hostile documents and servers: a clear message, in bounded time and memory
	@KEUR=$(abspath $<) $(HOSTILE) tests/hostile/run
	@HOSTILE_TOOLS=$(abspath $(BUILD)/hostile) $(HOSTILE) tests/hostile/run-http
	@KEUR=$(abspath $<) HOSTILE_TOOLS=$(abspath $(BUILD)/hostile) $(HOSTILE) tests/hostile/run-xml

VALGRIND := valgrind -q --suppressions=$(CURDIR)/tests/valgrind.supp --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible
valgrind: $(BUILD)/keur $(UNIT_TESTS) ## unit tests and golden cases under valgrind
	@WRAP="$(VALGRIND)" tests/run-all "unit tests under valgrind" $(UNIT_TESTS)
	@KEUR=$(abspath $<) KEUR_WRAP="$(VALGRIND)" GOLDEN_TIMEOUT=400 tests/golden/run

lint: ## layers, budgets, contracts, languages; clang-format, clang-tidy and cppcheck where installed
	@CHECK_FLAGS='-std=c11 -D_GNU_SOURCE -DKEUR_VERSION="" -Ichecker $(SYSTEM)' tests/lint/run

format: ## lay out every C file
	clang-format -i $(C_FILES)

bench: $(BUILD)/keur $(BENCHES) ## measure beside peers that are installed
	@BUILD=$(BUILD) tests/bench/run
	@BUILD=$(BUILD) tests/bench/live
	@BUILD=$(BUILD) tests/bench/xsd
	@BUILD=$(BUILD) tests/bench/schematron
	@BUILD=$(BUILD) tests/bench/certificate
	@BUILD=$(BUILD) tests/bench/register
	@! command -v clang >/dev/null || $(MAKE) --no-print-directory CC=clang BUILD=build/clang build/clang/keur >/dev/null
	@$(MAKE) --no-print-directory check-determinism

docs: $(BUILD)/keur ## write docs/rules from the rule sets, completions from the options
	@docs/generate $< docs/rules
	@packaging/completion/generate $< packaging/completion

docs-check: $(BUILD)/keur ## docs/rules is what the rule sets say, completions and manual are what the options are
	@mkdir -p $(BUILD)/docs/completion
	@docs/generate $< $(BUILD)/docs/rules >/dev/null && diff -r docs/rules $(BUILD)/docs/rules
	@packaging/completion/generate $< $(BUILD)/docs/completion && diff -r -x generate packaging/completion $(BUILD)/docs/completion
	@docs/man/check $<

deps: ## install what building needs and is missing (Debian)
	@.ci/deps build

deps-test: ## the same for testing
	@.ci/deps build test

deps-dev: ## the same for make lint, make format and make valgrind
	@.ci/deps build test dev

SHARE := $(DESTDIR)$(PREFIX)/share
# Links in what is installed lead to what is installed: rule sets lie in share/keur, and of the sources only the name is left.
INSTALLED_LINKS := -e 's,\]\(\.\./(rules|fixtures)/,](../../../keur/\1/,g' \
	-e 's,\[([^]]*)\]\((\.\./|\.\./shared/)?(tests|checker|packaging|publiccode\.yml|Makefile)[^)]*\),\1,g'
install: $(BUILD)/keur ## install to $(DESTDIR)$(PREFIX)
	install -D -m 755 $< $(DESTDIR)$(PREFIX)/bin/keur
	install -D -m 644 docs/man/keur.1 $(SHARE)/man/man1/keur.1
	install -D -m 644 packaging/completion/keur.bash $(SHARE)/bash-completion/completions/keur
	install -D -m 644 packaging/completion/_keur $(SHARE)/zsh/site-functions/_keur
	install -D -m 644 -t $(SHARE)/doc/keur LICENSE README.md CHANGELOG.md CONTRIBUTING.md
	install -D -m 644 -t $(SHARE)/doc/keur/docs $(wildcard docs/*.md)
	install -D -m 644 -t $(SHARE)/doc/keur/docs/rules $(wildcard docs/rules/*.md)
	install -D -m 644 -t $(SHARE)/doc/keur/docs/ci $(wildcard docs/ci/*)
	sed -i -E $(INSTALLED_LINKS) $(SHARE)/doc/keur/*.md $(SHARE)/doc/keur/docs/*.md
	mkdir -p $(SHARE)/keur
	cp -RL --parents rules $(wildcard $(patsubst rules/%,fixtures/%,$(wildcard rules/*))) $(SHARE)/keur
	chmod -R u=rwX,go=rX $(SHARE)/keur

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/keur $(SHARE)/man/man1/keur.1 $(SHARE)/bash-completion/completions/keur $(SHARE)/zsh/site-functions/_keur
	rm -rf $(SHARE)/keur $(SHARE)/doc/keur

# A package is built with what Debian builds with against faults in memory: it judges what strangers send.
HARDENED := BUILD=$(BUILD)/hardened CFLAGS='-O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong' LDFLAGS='-Wl,-z,relro,-z,now'
deb: ## a Debian package: build/keur_<version>_<architecture>.deb
	@rm -rf $(BUILD)/deb
	@$(MAKE) --no-print-directory -s $(HARDENED) install DESTDIR=$(abspath $(BUILD))/deb PREFIX=/usr
	@packaging/deb $(BUILD)/deb $(VERSION) $(BUILD)

check-packaging: ## install, package and completions, and what lintian says where it is installed; not part of make test
	@$(MAKE) --no-print-directory -s $(HARDENED) test-packaging

test-packaging: $(BUILD)/keur
	@packaging/test $(abspath $<)

# Fuzzers are built with clang from all sources; FUZZ_SECONDS bounds a run.
FUZZ_SECONDS ?= 600
$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c $(SOURCES) $(wildcard checker/*/*.h)
	@mkdir -p $(@D)
	@echo "  FUZZ   $<"
	$(Q)clang -std=c11 -D_GNU_SOURCE -DKEUR_VERSION='"$(VERSION)"' -Ichecker $(SYSTEM) -O1 -g -fsanitize=fuzzer,address,undefined \
		-fno-sanitize-recover=all -o $@ $< $(filter-out checker/cmd/%,$(SOURCES)) $(LIBS)

$(addprefix fuzz-,$(FUZZERS)): fuzz-%: $(BUILD)/fuzz/%
	@mkdir -p $(BUILD)/corpus/$*
	$(BUILD)/fuzz/$* -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix=$(BUILD)/fuzz/ $(BUILD)/corpus/$* $(wildcard tests/fuzz/corpus/$*)

clean: ## remove what was built
	rm -rf build

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18
	@echo "fuzz-<target>     one of: $(FUZZERS)"

.PHONY: all demo vendor live-fixtures test check-certificate check-register check-determinism check-formats check-browser check-unit check-golden golden-update check-suites check-rules check-hostile valgrind lint format \
	bench docs docs-check deps deps-test deps-dev install uninstall deb check-packaging test-packaging clean help $(addprefix fuzz-,$(FUZZERS))
.SECONDARY:
-include $(wildcard $(BUILD)/vendor-obj/*.d $(BUILD)/vendor-obj/*/*.d $(BUILD)/obj/*/*.d $(BUILD)/unit/*/*.d $(BUILD)/suites/*.d $(BUILD)/bench/*.d \
	$(BUILD)/hostile/*.d)
