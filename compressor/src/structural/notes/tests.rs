use crate::language::Language;
use crate::policy::Level;
use crate::structural::rendering::{draft_all, render};

/// For each language what stands before a comment, and what stands after it.
const PLACES: &[(&str, &str, &str)] = &[
    ("python", "x = 1\n\n", "y = 2\n"),
    ("rust", "const X: u8 = 1;\n\n", "const Y: u8 = 2;\n"),
    ("typescript", "let x = 1;\n\n", "let y = 2;\n"),
    ("tsx", "let x = 1;\n\n", "let y = 2;\n"),
    ("javascript", "let x = 1;\n\n", "let y = 2;\n"),
    ("jsx", "let x = 1;\n\n", "let y = 2;\n"),
    ("go", "package a\n\nvar x = 1\n\n", "var y = 2\n"),
    ("java", "class A {\n    int x;\n\n    ", "    int y;\n}\n"),
    ("c", "int x;\n\n", "int y;\n"),
    ("cpp", "int x;\n\n", "int y;\n"),
    ("csharp", "class A {\n    int x;\n\n    ", "    int y;\n}\n"),
    ("php", "<?php\n$x = 1;\n\n", "$y = 2;\n"),
    ("css", "a { b: c }\n\n", "d { e: f }\n"),
    ("bash", "x=1\n\n", "y=2\n"),
    #[cfg(feature = "large-grammars")]
    ("ruby", "x = 1\n\n", "y = 2\n"),
    #[cfg(feature = "large-grammars")]
    ("kotlin", "val x = 1\n\n", "val y = 2\n"),
    #[cfg(feature = "large-grammars")]
    ("swift", "let x = 1\n\n", "let y = 2\n"),
];

const NOTES: &[&str] = &[
    "Copyright 2024 The Authors",
    "SPDX-License-Identifier: MIT",
    "Licensed under the terms of the licence that stands beside it",
    "TODO: make it quick enough for long ones",
    "TODO(someone) make it quick enough",
    "Kept as it is for now. FIXME when the other side can do it",
    "todo: make it quick",
    "SAFETY: the pointer was looked at before",
    "NOTE the order is the one that the caller gave",
    "Note: the order is the one that the caller gave",
    "@todo make it quick",
    "Invariant: the first is never greater than the second",
    "How that is done stands at https://example.org/a/b",
    "See www.example.org for more of this",
    "How long to wait, in seconds",
    "How long to wait (ms)",
    "The length of it in bytes, at most",
    "Requests per second that are let through",
    "The width, 20 px at first",
];

/// The comment in each of the forms that a language has.
fn forms(language: &str, words: &str) -> Vec<String> {
    let syntax = Language::from_name(language).and_then(|language| language.0.syntax).expect("a row with a grammar");
    let lines = syntax.line_markers.iter().map(|marker| format!("{marker} {words}\n"));
    let blocks = syntax.block_markers.iter().filter(|(open, _)| !open.contains('=') && !open.contains('<'));
    lines.chain(blocks.map(|(open, close)| format!("{open} {words} {close}\n"))).collect()
}

/// What is left of a comment if every word that may go goes.
fn left(language: &str, before: &str, comment: &str, after: &str) -> String {
    let text = [before, comment, after].concat();
    render(&text, &draft_all(language, Level::Balanced, &text), &mut || false)
}

#[test]
fn notes_stay_whole_in_every_language() {
    let mut gone = Vec::new();
    for (language, before, after) in PLACES {
        for note in NOTES {
            for comment in forms(language, note) {
                if !left(language, before, &comment, after).contains(note) {
                    gone.push(format!("{language}: {}", comment.trim()));
                }
            }
        }
    }
    assert!(gone.is_empty(), "{gone:#?}");
}

#[test]
fn other_comments_may_go() {
    const PLAIN: [&str; 6] = [
        "Looks at what is there and goes on",
        "Notes of all sorts are taken here",
        "It takes a few seconds in most cases",
        "what remains to do is little",
        "The safety of it was looked at",
        "Points in the plane, one by one",
    ];
    let mut kept = Vec::new();
    for (language, before, after) in PLACES {
        for words in PLAIN {
            for comment in forms(language, words) {
                if left(language, before, &comment, after).contains(words) {
                    kept.push(format!("{language}: {}", comment.trim()));
                }
            }
        }
    }
    assert!(kept.is_empty(), "{kept:#?}");
}

#[test]
fn notes_to_tools_stay_whole() {
    const DIRECTIVES: &[(&str, &[&str])] = &[
        (
            "python",
            &["# type: ignore[attr]", "# noqa: E501", "# pragma: no cover", "# pylint: disable=all", "# fmt: off"],
        ),
        (
            "typescript",
            &["// eslint-disable-next-line no-console", "// @ts-ignore", "/* eslint-disable */", "// prettier-ignore"],
        ),
        ("javascript", &["// eslint-disable-line", "/* istanbul ignore next */", "// @ts-check"]),
        ("go", &["//go:build linux", "//nolint:errcheck", "//go:generate stringer"]),
        ("rust", &["// rustfmt-skip"]),
        ("java", &["// CHECKSTYLE:OFF", "// NOPMD", "// NOSONAR"]),
        ("c", &["// NOLINT(all)", "/* clang-format off */"]),
        ("cpp", &["// NOLINTNEXTLINE", "// clang-format off"]),
        ("bash", &["# shellcheck disable=SC2086"]),
        #[cfg(feature = "large-grammars")]
        ("ruby", &["# rubocop:disable all", "# frozen_string_literal: true"]),
        #[cfg(feature = "large-grammars")]
        ("swift", &["// swiftlint:disable all"]),
    ];
    let mut gone = Vec::new();
    for (name, directives) in DIRECTIVES {
        let place = PLACES.iter().find(|(language, ..)| language == name);
        let (_, before, after) = place.expect("a place for each language");
        for directive in *directives {
            if !left(name, before, &format!("{directive}\n"), after).contains(directive) {
                gone.push(format!("{name}: {directive}"));
            }
        }
    }
    assert!(gone.is_empty(), "{gone:#?}");
}

#[test]
fn the_first_lines_of_scripts_stay() {
    const FIRST: &[(&str, &str)] = &[
        ("python", "#!/usr/bin/env python3\n# -*- coding: latin-1 -*-\nx = 1\n"),
        ("bash", "#!/bin/sh\nx=1\n"),
        ("javascript", "#!/usr/bin/env node\nlet x = 1;\n"),
        #[cfg(feature = "large-grammars")]
        ("ruby", "#!/usr/bin/env ruby\n# encoding: utf-8\nx = 1\n"),
    ];
    for (language, text) in FIRST {
        let head: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
        let left = left(language, "", text, "");
        assert!(head.iter().all(|line| left.contains(line)), "{language}: {left}");
    }
}
