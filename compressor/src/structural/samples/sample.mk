# Builds the library and its tests. Everything lands in $(OUT), which is
# removed by `make clean`.

CC ?= gcc
OUT := build   
SOURCES = a.c \
  # not a comment
  b.c
# A comment that goes on \
in the next line


define RUN_TEST
# part of the definition

	$(1) --verbose
endef

## Prints what can be made.
help:
	@grep -E "^## " $(MAKEFILE_LIST)   # not ours

	@echo done

# TODO: sanitizers
test: $(OUT)/lib.a ## runs all tests
	# a comment of the shell
	@for t in a b; do \
	  $(call RUN_TEST,$$t); \
	done
	
ifeq ($(DEBUG),1)
  # With symbols, since a debugger needs them.
  CFLAGS += -g
endif

.PHONY: help test
