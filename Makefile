# The only door. `make help` says what there is.
CC ?= cc
PREFIX ?= /usr/local
KEUR_SHARED ?= ../shared
export KEUR_SHARED

VERSION := 0.1.0
SANITIZE ?=
BUILD ?= build$(if $(SANITIZE),/sanitize)
WERROR ?= -Werror

CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla $(WERROR)
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -DKEUR_VERSION='"$(VERSION)"' -Ichecker $(WARNINGS) $(CFLAGS) \
	$(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
ALL_LDFLAGS := $(LDFLAGS) $(if $(SANITIZE),-fsanitize=$(SANITIZE))
LIBS := -lyaml -lpcre2-8 -lnettle -lm -lpthread

SOURCES := $(sort $(wildcard checker/*/*.c))
LIB_OBJECTS := $(patsubst checker/%.c,$(BUILD)/obj/%.o,$(filter-out checker/cmd/%,$(SOURCES)))
CMD_OBJECTS := $(patsubst checker/%.c,$(BUILD)/obj/%.o,$(filter checker/cmd/%,$(SOURCES)))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/*/test_*.c)))
SUITES := $(patsubst tests/suites/%.c,$(BUILD)/suites/%,$(sort $(wildcard tests/suites/*.c)))
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
C_FILES := $(sort $(wildcard checker/*/*.[ch] tests/*/*.[ch] tests/*/*/*.[ch]))

all: $(BUILD)/keur ## build the program: build/keur

$(BUILD)/keur: $(CMD_OBJECTS) $(BUILD)/libkeur.a
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libkeur.a: $(LIB_OBJECTS)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/obj/%.o: checker/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libkeur.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libkeur.a $(LIBS) -lcmocka

$(BUILD)/suites/%: tests/suites/%.c $(BUILD)/libkeur.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libkeur.a $(LIBS)

check-unit: $(UNIT_TESTS) ## unit tests, one cmocka binary for each module
	@tests/run-all unit $(UNIT_TESTS)

check-suites: $(SUITES) ## public suites and other tools' verdicts, from $(KEUR_SHARED)
	@tests/run-all suites $(SUITES)

# Fuzzers are built with clang from all sources; FUZZ_SECONDS bounds a run.
FUZZ_SECONDS ?= 600
$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c $(SOURCES)
	@mkdir -p $(@D)
	clang -std=c11 -D_GNU_SOURCE -DKEUR_VERSION='"$(VERSION)"' -Ichecker -O1 -g -fsanitize=fuzzer,address,undefined \
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

.PHONY: all check-unit check-suites clean help $(addprefix fuzz-,$(FUZZERS))
.SECONDARY:
-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/unit/*/*.d $(BUILD)/suites/*.d)
