"""Strips comments and docstrings of Python files with Python's own parser: what stands beside the structural engine.

Reads a path a line from stdin; writes a JSON string a line, the stripped text, or null where Python does not parse it.
"""

import ast
import io
import json
import sys
import tokenize


def docstrings(tree):
    """The first and last lines of each docstring, and whether another statement follows it."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
                yield first, len(node.body) > 1 or isinstance(node, ast.Module)


def strip(text):
    lines = text.splitlines(keepends=True)
    removed = set()
    # From the end, so that what is cut from a line does not move what stands before it.
    comments = [it for it in tokenize.generate_tokens(io.StringIO(text).readline) if it.type == tokenize.COMMENT]
    for comment in reversed(comments):
        (row, column), (_, end) = comment.start, comment.end
        line = lines[row - 1]
        lines[row - 1] = line[:column].rstrip() + line[end:]
        if not lines[row - 1].strip():
            removed.add(row)
    for docstring, followed in docstrings(ast.parse(text)):
        first, last = docstring.lineno, docstring.end_lineno
        if lines[first - 1][: docstring.col_offset].strip():
            continue  # Behind a colon, on the line of its definition.
        if followed:
            removed.update(range(first, last + 1))
        else:
            lines[first - 1] = lines[first - 1][: docstring.col_offset] + "pass\n"
            removed.discard(first)
            removed.update(range(first + 1, last + 1))
    return "".join(line for row, line in enumerate(lines, 1) if row not in removed)


for path in sys.stdin:
    try:
        with open(path.rstrip("\n"), encoding="utf-8", newline="") as file:
            source = file.read()
        stripped = strip(source)
        ast.parse(stripped)
    except (SyntaxError, tokenize.TokenError, ValueError):
        stripped = None
    print(json.dumps(stripped))
