//! Python: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

mod docstrings;

use expect_test::{Expect, expect};

use super::rendering::{bounds, draft_all, render, safe};
use crate::policy::Level;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("python", text));
}

#[test]
fn layout_comments_and_docstrings_shrink_and_code_stays() {
    check(
        r#""""Sessions and how they are kept."""

import os

from pathlib import (
    Path,
    PurePath,
)


class Session(dict):
    """A session.

    Expands a dictionary with the time of the last access,
    so that old ones can be removed.
    """

    def __init__(self, path: Path, timeout: int = 3600):
        """Initialize self."""
        self.path = path
        self.timeout = timeout  # seconds, never minutes

    def expired(self, now):
        # The clock may have been set back, so a session from
        # the future counts as expired.
        if now < self.accessed:
            return True
        else:
            return now - self.accessed > self.timeout


def remove(sessions, *, now):
    for name, session in list(sessions.items()):
        if session.expired(now):
            del sessions[name]
            os.remove(
                session.path
            )
"#,
        expect![[r#"
            parsed: 195 tokens
            all words: 162
            """Sessions and how they are kept."""
            import os

            from pathlib import(Path, PurePath,)
            class Session(dict):
             """A session.
            Expands a dictionary with the time of the last access, so that old ones can be removed."""

             def __init__(self,path: Path, timeout:int=3600):
              self.path = path
              self.timeout = timeout # seconds, never minutes

             def expired(self, now):
              # The clock may have been set back, so a session from the future counts as expired.
              if now < self.accessed:return True
              else:return now-self.accessed > self.timeout

            def remove(sessions, *, now):
             for name, session in list(sessions.items()):
              if session.expired(now):
               del sessions[name]
               os.remove(session.path)

            ----
            no words: 105
            import os

            from pathlib import(Path, PurePath,)
            class Session(dict):

             def __init__(self,path: Path, timeout:int=3600):
              self.path = path
              self.timeout = timeout

             def expired(self, now):
              if now < self.accessed:return True
              else:return now-self.accessed > self.timeout

            def remove(sessions, *, now):
             for name, session in list(sessions.items()):
              if session.expired(now):
               del sessions[name]
               os.remove(session.path)

        "#]],
    );
}

#[test]
fn what_tools_and_lawyers_read_stays() {
    check(
        r#"#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# Copyright (c) 2024 The Authors
# Licensed under the Apache License.

# Explains the module in words.
import sys  # noqa: F401
x = f(a)  # type: ignore[arg-type]
# TODO: take the size
#       from the file
# as well
y = 1
# ---------------------------------
# Helpers
# ---------------------------------
z = [  # pragma: no cover
    1,  # one
    2,
]
"#,
        expect![[r#"
            parsed: 117 tokens
            all words: 102
            #!/usr/bin/env python3
            # -*- coding: utf-8 -*-
            # Copyright (c) 2024 The Authors
            # Licensed under the Apache License.
            # Explains the module in words.
            import sys # noqa: F401
            x=f(a) # type: ignore[arg-type]
            # TODO: take the size
            #       from the file
            # as well
            y=1
            # Helpers
            z=[ # pragma: no cover
             1, # one
             2,]

            ----
            no words: 87
            #!/usr/bin/env python3
            # -*- coding: utf-8 -*-
            # Copyright (c) 2024 The Authors
            # Licensed under the Apache License.
            import sys # noqa: F401
            x=f(a) # type: ignore[arg-type]
            # TODO: take the size
            #       from the file
            # as well
            y=1
            z=[ # pragma: no cover
             1,2,]

        "#]],
    );
}

#[test]
fn lines_continued_by_a_backslash_are_joined() {
    check(
        "with open(a) as b, \\\n        open(c) as d:\n    x = 1 + \\\n        2\n",
        expect![[r#"
        parsed: 26 tokens
        all words: 19
        with open(a) as b, open(c) as d:x=1 + 2

        ----
        no words: 19
        with open(a) as b, open(c) as d:x=1 + 2

    "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r#"
        # A  comment
        class A:
         '''Doc
            string.'''

         def f(self,
          a = 1):
          # Kept
          return {
           'a': a, # too
          }
    "#]].assert_eq(&safe(
        "python",
        "\n\n# A  comment\nclass A:\n    '''Doc\n    string.'''\n\n\n\n    def f(self,\n          a = 1):  \n        # Kept\n        return  {\n            'a':  a,   # too\n        }\n\n",
    ));
}

#[test]
fn half_a_function_is_treated_by_line() {
    check(
        "        return x   \n\n\n\n    def g(self):\n        '''Doc\n           string.'''\n        if (a\n",
        expect![[r#"
            2 lines of 5 do not parse: layout by line there: 23 tokens
            all words: 18
             return x

            def g(self):
             '''Doc
                       string.'''
             if (a

            ----
            no words: 18
             return x

            def g(self):
             '''Doc
                       string.'''
             if (a

        "#]],
    );
    check(
        "            else:\n                return 1\n        x = 2\n",
        expect![[r#"
            1 line of 3 does not parse: layout by line there: 14 tokens
            all words: 11
             else:
              return 1
            x=2

            ----
            no words: 11
             else:
              return 1
            x=2

        "#]],
    );
}

#[test]
fn windows_line_ends_tabs_and_a_mark_are_handled() {
    check(
        "\u{feff}def f():\r\n\t# Comment here\r\n\tx = '''a\r\n\tb'''\r\n\treturn x",
        expect![[r#"
            parsed: 18 tokens
            all words: 17
            ﻿def f():
             # Comment here
             x = '''a␍
            	b'''
             return x
            ----
            no words: 13
            ﻿def f():
             x = '''a␍
            	b'''
             return x
        "#]],
    );
}

#[test]
fn nothing_and_almost_nothing_are_handled() {
    for (text, expected) in [
        ("", ""),
        (" ", ""),
        (" \n\n", "\n"),
        ("x", "x"),
        ("#", ""),
        ("# a", "# a"),
        ("\"\"\"", "\"\"\""),
        ("'a'", "'a'"),
        ("\u{feff}", "\u{feff}"),
        ("a  \rb", "a  \rb"),
        ("é", "é"),
    ] {
        assert_eq!(render(text, &draft_all("python", Level::Balanced, text), &mut || true), expected, "{text:?}");
    }
}
