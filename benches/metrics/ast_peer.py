"""Similarity of syntax trees as Python does it: difflib on ast.dump. Reads pairs as JSON lines, tells the time of a pass."""

import ast
import difflib
import json
import sys
import textwrap
import time
import warnings


def similarity(first, second):
    dumps = [ast.dump(ast.parse(textwrap.dedent(text))) for text in (first, second)]
    return difflib.SequenceMatcher(None, *dumps).ratio()


def parses(pair):
    try:
        for text in pair:
            ast.parse(textwrap.dedent(text))
    except (SyntaxError, ValueError):
        return False
    return True


def main():
    warnings.simplefilter("ignore")
    pairs = [json.loads(line) for line in sys.stdin]
    parsed = [index for index, pair in enumerate(pairs) if parses(pair)]
    times = []
    for _ in range(int(sys.argv[1])):
        start = time.perf_counter()
        for index in parsed:
            similarity(*pairs[index])
        times.append(time.perf_counter() - start)
    print(json.dumps({"seconds": min(times), "parsed": parsed}))


main()
