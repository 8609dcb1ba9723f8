"""Judges with parsers of Python's own library whether two texts are the same code or data, comments and docstrings aside.

Reads a line of JSON for each pair: `language`, `original` and `result`; writes true or false, or null where the original is
not parsed.
"""

import ast
import json
import sys
import warnings


def python(text):
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
                del node.body[0]
    return ast.dump(tree)


def data(text):
    # Pairs in their order, and a key that is there twice is twice.
    return json.loads(text, object_pairs_hook=lambda pairs: pairs, parse_float=str, parse_int=str)


def toml(text):
    import tomllib

    return json.dumps(tomllib.loads(text, parse_float=str), default=str)


PARSERS = {"python": python, "json": data, "toml": toml}

# An escape that Python does not know is of no concern here.
warnings.simplefilter("ignore")
sys.setrecursionlimit(10_000)
for line in sys.stdin:
    pair = json.loads(line)
    parse = PARSERS[pair["language"]]
    try:
        original = parse(pair["original"])
    except (SyntaxError, ValueError, ImportError, RecursionError):
        print("null")
        continue
    try:
        print(json.dumps(parse(pair["result"]) == original))
    except (SyntaxError, ValueError):
        print("false")
