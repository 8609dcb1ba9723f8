//! Python: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

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
            all words: 100
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
            no words: 86
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
fn examples_in_docstrings_stay_exact() {
    check(
        r#"def add(a, b):
    """Adds two numbers, whatever their types are.

    >>> add(1,
    ...     2)
    3

    Use it like this::

        total = add(
            a, b)

    Args:
        a: The first of the numbers that
            are added.
        b (int): The second.

    ```python
    add( 1 )
    ```
    """
    return a + b
"#,
        expect![[r#"
            parsed: 94 tokens
            all words: 77
            def add(a,b):
             """Adds two numbers, whatever their types are.
            >>> add(1,
            ...     2)
            3

            Use it like this::
                total = add(
                    a, b)

            Args:
            a: The first of the numbers that are added.
            b (int): The second.
            ```python
            add( 1 )
            ```
            """
             return a+b

            ----
            no words: 43
            def add(a,b):
             """
            >>> add(1,
            ...     2)
            3

                total = add(
                    a, b)

            ```python
            add( 1 )
            ```
            """
             return a+b

        "#]],
    );
}

#[test]
fn a_docstring_that_is_all_of_a_body_leaves_its_quotes() {
    check(
        "class NotFound(Error):\n    \"\"\"Raised where a page is missing.\"\"\"\n\n\nclass User:\n    '''User.'''\n\ndef f():\n    # c\n    r\"\"\"Says \\alpha or \"beta\\\".\"\"\"\n",
        expect![[r#"
            parsed: 42 tokens
            all words: 33
            class NotFound(Error): """Raised where a page is missing."""

            class User: ""

            def f():
             # c
             r""" Says \alpha or "beta\"."""

            ----
            no words: 14
            class NotFound(Error): ""

            class User: ""

            def f():
             ""

        "#]],
    );
}

#[test]
fn a_string_that_is_no_docstring_stays() {
    check(
        "def f():\n    f\"\"\"Not {a} docstring.\"\"\"\n    return\n\ndef g():\n    b'bytes'\n\ndef h():\n    'doc'; x\n\ndef i():\n    'doc'\n    'string'\n\nif x:\n    'string'\n",
        expect![[r#"
            parsed: 51 tokens
            all words: 43
            def f():
             f"""Not {a} docstring."""
             return

            def g(): b'bytes'

            def h():
             'doc'; x

            def i():
             'doc'
             'string'

            if x:'string'

            ----
            no words: 43
            def f():
             f"""Not {a} docstring."""
             return

            def g(): b'bytes'

            def h():
             'doc'; x

            def i():
             'doc'
             'string'

            if x:'string'

        "#]],
    );
}

#[test]
fn words_that_could_end_a_docstring_early_keep_it_apart() {
    check(
        "def f():\n    \"\"\"Returns \"a quote\" \"\"\"\n    return 1\n\ndef g():\n    r\"\"\"A path C:\\dir\\ ends so.\"\"\"\n    return 1\n\ndef h():\n    \"\"\"\\\n    Joined \\\n    lines.\n    \"\"\"\n    return 1\n",
        expect![[r#"
            parsed: 55 tokens
            all words: 43
            def f():
             """ Returns "a quote" """
             return 1

            def g():
             r"""A path C:\dir\ ends so."""
             return 1

            def h():
             """Joined lines."""
             return 1

            ----
            no words: 32
            def f():
             return 1

            def g():
             r"""A path C:\dir\ ends so."""
             return 1

            def h():
             return 1

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
        does not parse: layout by line: 23 tokens
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
            does not parse: layout by line: 14 tokens
            all words: 12
             else:
              return 1
            x = 2

            ----
            no words: 12
             else:
              return 1
            x = 2

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
             x = '''a
            	b'''
             return x
            ----
            no words: 13
            ﻿def f():
             x = '''a
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
