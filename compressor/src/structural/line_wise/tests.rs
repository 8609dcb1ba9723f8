#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use std::time::{Duration, Instant};

use expect_test::{Expect, expect};

use super::*;
use crate::language::Language;
use crate::structural::rendering::bounds;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check_bounds(language: &str, text: &str, expected: Expect) {
    expected.assert_eq(&bounds(language, text));
}

fn rules(language: &str) -> &'static LineRules {
    Language::from_name(language).and_then(Language::line_rules).expect("a language of lines")
}

fn comments<'a>(language: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let pieces = read::read(text, rules(language))?;
    Some(pieces.into_iter().filter(|piece| piece.comment).map(|piece| &text[piece.range]).collect())
}

#[test]
fn a_dockerfile_keeps_its_instructions() {
    check_bounds(
        "dockerfile",
        include_str!("../samples/sample.dockerfile"),
        expect![[r#"
        parsed: 265 tokens
        all words: 261
        # syntax=docker/dockerfile:1
        # check=error=true
        # The image that the service runs in. It is built in two stages, so that no compiler is left in what is deployed.
        ARG  NODE_VERSION=20
        FROM node:${NODE_VERSION}-slim AS build
        # hadolint ignore=DL3008
        RUN apt-get update && \
            apt-get install -y --no-install-recommends \
              # needed to compile the native modules
              build-essential \
              python3 \
            && rm -rf /var/lib/apt/lists/*
        WORKDIR /app
        # Copied first, so that the layer is cached.
        COPY package.json package-lock.json ./
        RUN npm ci   # not a comment: an argument of the shell

        COPY <<EOF /app/config.ini
        # part of the file
        [server]

        port = 8080   
        EOF

        RUN <<-"SCRIPT"
        	# shell, not docker
        	echo "a   b"
        	SCRIPT
        # Copyright 2024 The Authors
        FROM build
        ENV GREETING="hello  # world" \
            EMPTY=
        HEALTHCHECK --interval=30s CMD curl -f http://localhost:8080/ || exit 1
        CMD ["node", "server.js"]

        ----
        no words: 222
        # syntax=docker/dockerfile:1
        # check=error=true
        ARG  NODE_VERSION=20
        FROM node:${NODE_VERSION}-slim AS build
        # hadolint ignore=DL3008
        RUN apt-get update && \
            apt-get install -y --no-install-recommends \
              # needed to compile the native modules
              build-essential \
              python3 \
            && rm -rf /var/lib/apt/lists/*
        WORKDIR /app
        COPY package.json package-lock.json ./
        RUN npm ci   # not a comment: an argument of the shell

        COPY <<EOF /app/config.ini
        # part of the file
        [server]

        port = 8080   
        EOF

        RUN <<-"SCRIPT"
        	# shell, not docker
        	echo "a   b"
        	SCRIPT
        # Copyright 2024 The Authors
        FROM build
        ENV GREETING="hello  # world" \
            EMPTY=
        HEALTHCHECK --interval=30s CMD curl -f http://localhost:8080/ || exit 1
        CMD ["node", "server.js"]

    "#]],
    );
}

#[test]
fn a_makefile_keeps_its_rules() {
    check_bounds(
        "makefile",
        include_str!("../samples/sample.mk"),
        expect![[r#"
            parsed: 195 tokens
            all words: 192
            # Builds the library and its tests. Everything lands in $(OUT), which is removed by `make clean`.
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

            ----
            no words: 160
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
              CFLAGS += -g
            endif

            .PHONY: help test

        "#]],
    );
}

#[test]
fn cmake_keeps_its_commands() {
    check_bounds(
        "cmake",
        include_str!("../samples/sample.cmake"),
        expect![[r#"
        parsed: 159 tokens
        all words: 152
        # Builds the library that the tools share. It has no dependency that is not found on every system.
        cmake_minimum_required(VERSION 3.20)
        project(example   LANGUAGES C)   # trailing

        #[[ A bracket comment
        # of several lines
        ]]
        set(TEXT "first line
        # not a comment
          second # line")
        set(RAW [=[
        # raw
        ]] # still raw
        ]=])

        if(WIN32)
         # Only there, the library has another name.
         add_library(core SHARED
          # the sources
          a.c
          b.c   # why
         )
        elseif(UNIX)
         message(STATUS "a \" b")
         # cmake-lint: disable=C0103
        endif()

        ----
        no words: 116
        cmake_minimum_required(VERSION 3.20)
        project(example   LANGUAGES C)   # trailing

        #[[ A bracket comment
        # of several lines
        ]]
        set(TEXT "first line
        # not a comment
          second # line")
        set(RAW [=[
        # raw
        ]] # still raw
        ]=])

        if(WIN32)
         add_library(core SHARED
          a.c
          b.c   # why
         )
        elseif(UNIX)
         message(STATUS "a \" b")
         # cmake-lint: disable=C0103
        endif()

    "#]],
    );
}

#[test]
fn settings_keep_their_values() {
    check_bounds(
        "ini",
        include_str!("../samples/sample.ini"),
        expect![[r#"
        parsed: 84 tokens
        all words: 84
        ; Settings of the service, which are read once when it starts.
        [server]
        port = 8080
        # The name that is shown to users.
        name = The service   ; not a comment
        description =
            First line.

            # an indented line
            Last line.
        # Never set this in production.
        path = C:\temp\
          next

        [empty]
        # key = commented out

        ----
        no words: 48
        [server]
        port = 8080
        name = The service   ; not a comment
        description =
            First line.

            # an indented line
            Last line.
        path = C:\temp\
          next

        [empty]

    "#]],
    );
    check_bounds(
        "properties",
        include_str!("../samples/sample.properties"),
        expect![[r#"
        parsed: 50 tokens
        all words: 49
        # Texts of the user interface, which translators work on.
        ! Another kind of comment.
        greeting = Hello, \
           # part of the text
           world   
        path=C:\\temp\\

        # An indented comment.
        empty=

        ----
        no words: 24
        greeting = Hello, \
           # part of the text
           world   
        path=C:\\temp\\

        empty=

    "#]],
    );
    check_bounds(
        "dotenv",
        include_str!("../samples/sample.env"),
        expect![[r#"
        parsed: 71 tokens
        all words: 71
        # Where the database is; for development this is the one that docker starts.
        DATABASE_URL="postgres://localhost/app"
        export NAME=value # not ours
        KEY="-----BEGIN KEY-----
        # part of the key
        -----END KEY-----"
        SINGLE='a # b'
        # The port, which must be free.
        PORT=8080   
        EMPTY=

        ----
        no words: 46
        DATABASE_URL="postgres://localhost/app"
        export NAME=value # not ours
        KEY="-----BEGIN KEY-----
        # part of the key
        -----END KEY-----"
        SINGLE='a # b'
        PORT=8080   
        EMPTY=

    "#]],
    );
}

#[test]
fn lists_keep_their_lines() {
    check_bounds(
        "gitignore",
        include_str!("../samples/sample.gitignore"),
        expect![[r#"
        parsed: 44 tokens
        all words: 43
        # What the build leaves behind, which nobody wants in the history.
        /target/
        *.log
        \#backup#
          # not a comment
        trailing\ 
        # Editors
        .idea/
        !.idea/runConfigurations

        ----
        no words: 27
        /target/
        *.log
        \#backup#
          # not a comment
        trailing\ 
        .idea/
        !.idea/runConfigurations

    "#]],
    );
    check_bounds(
        "requirements",
        include_str!("../samples/sample.requirements.txt"),
        expect![[r#"
            parsed: 108 tokens
            all words: 101
            # This file is autogenerated by pip-compile with Python 3.12 by the following command:
            # pip-compile requirements.in
            --index-url https://pypi.org/simple
            flask==3.0.0 \
                --hash=sha256:aaa \
                --hash=sha256:bbb
            # via -r requirements.in
            # Pinned, since the next version drops support for Python 3.8.
            click==8.1.7   # via flask

            ----
            no words: 50
            --index-url https://pypi.org/simple
            flask==3.0.0 \
                --hash=sha256:aaa \
                --hash=sha256:bbb
            click==8.1.7   # via flask

        "#]],
    );
}

#[test]
fn what_goes_over_several_lines_has_no_comments() {
    let none = Some(Vec::new());
    for (language, text) in [
        ("dockerfile", "RUN <<A cat <<-'B'\n# a\nA\n# b\n\tB\n"),
        ("dockerfile", "# escape=`\nRUN a `\n# b\n"),
        ("dockerfile", "RUN a \\  \n# b\n"),
        ("dockerfile", "RUN <<EOF\n# never closed\n"),
        ("makefile", "override define A\n# a\ndefine B\nendef\n# b\nendef\n"),
        ("makefile", "a:\n\t# b\n"),
        ("cmake", "a(\"\n# b\n\\\"\n# c\n\")"),
        ("cmake", "#[=[\n# a\n]]\n# b\n]=]"),
        ("ini", "a =\n  b\n\n# c\n  d\n"),
        ("dotenv", "export A = 'b\n# c\n'\n"),
        ("properties", "a = b\\\n# c\n"),
    ] {
        assert_eq!(comments(language, text), none, "{text}");
    }
}

#[test]
fn a_comment_after_them_is_one() {
    for (language, text, comment) in [
        ("dockerfile", "RUN <<A\nA\n# b\n", "# b"),
        ("dockerfile", "RUN cat <<<A\n# b\nA\n", "# b"),
        ("dockerfile", "# escape=`\nRUN a \\\n  # b\n", "# b"),
        ("makefile", "define A\nendef\n  # b\n", "# b"),
        ("cmake", "a(\"\\\\\")\n# b\n", "# b"),
        ("cmake", "a([[ ]] \"\")\n# b\n", "# b"),
        ("ini", "a =\n  b\n\n# c\nd = e\n", "# c"),
        ("dotenv", "A=b'\n# c\n'\n", "# c"),
        ("dotenv", "A='b'\n# c\n'\n", "# c"),
    ] {
        assert_eq!(comments(language, text), Some(vec![comment]), "{text}");
    }
}

#[test]
fn what_other_comments_would_turn_into_a_directive_is_not_touched() {
    for text in [
        "# An image.\n# syntax=docker/dockerfile:1\nFROM a\n",
        "\n# escape=`\nFROM a\n",
        "# syntax=a\n\n# ESCAPE = `\nFROM a\n",
        "# Our syntax=a is old.\nFROM a\n",
    ] {
        assert_eq!(comments("dockerfile", text), None, "{text}");
    }
    assert_eq!(comments("makefile", ".RECIPEPREFIX = >\na:\n> b\n"), None);
}

#[test]
fn a_line_that_differs_is_found() {
    let same = |language: &str, original: &str, result: &str| check(original, result, rules(language)).is_ok();
    assert!(same("dockerfile", "# a\nFROM b  \n\n\nRUN c\r\n", "FROM b\nRUN c\n"));
    assert!(!same("dockerfile", "FROM b\nRUN c\n", "FROM b\n"));
    assert!(!same("dockerfile", "FROM b\n", "FROM b\nRUN c\n"));
    assert!(!same("dockerfile", "RUN a \\\n  b\n", "RUN a \\\n b\n"));
    assert!(!same("makefile", "a:\n\tb\n", "a:\n b\n"));
    assert!(!same("makefile", "A = b \n", "A = b\n"));
    assert!(!same("makefile", "a:\n\t\n", "a:\n"));
    assert!(same("cmake", "if(a)\n    b()\nendif()", "if(a)\n b()\nendif()"));
    assert!(!same("dotenv", "A=b \n", "A=b\n"));
    assert!(!same("dotenv", "A=\"b\n\nc\"\n", "A=\"b\nc\"\n"));
}

#[test]
fn between_pieces_is_white_space() {
    for (name, rules) in Language::all().filter_map(|language| Some((language.name(), language.line_rules()?))) {
        for text in ["a\n\n # b\r\n\tc\\\n\n\"d\n", "\t\n#\n;\n!\n'\n[[\n", "a='\n\n# b", " # é\\\n<<É\n\u{2028}"] {
            let mut end = 0;
            for piece in read::read(text, rules).expect("no text that is refused") {
                assert!(end <= piece.range.start && piece.range.start < piece.range.end, "{name} {text:?}");
                assert_eq!(text[end..piece.range.start].trim(), "", "{name} {text:?}");
                end = piece.range.end;
            }
            assert_eq!(text[end..].trim(), "", "{name} {text:?}");
        }
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    for rules in Language::all().filter_map(Language::line_rules) {
        for pattern in ["<<a\n", "# a\n\n", "a\\\n", "define\n", "a='\n", "[=[", "\"\n", "a\n\n", " \n", "#[[\n", "\n"]
        {
            let text = pattern.repeat((1 << 20) / pattern.len());
            let start = Instant::now();
            drop(read::read(&text, rules));
            assert!(start.elapsed() < Duration::from_secs(10), "{pattern:?}");
        }
    }
}
