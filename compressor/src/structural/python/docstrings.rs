//! Docstrings of Python: golden results.

use expect_test::expect;

use super::check;

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
