"""Embeddings as sentence-transformers makes them. Reads texts as JSON lines, tells the time of a pass."""

import json
import sys
import time

import sentence_transformers


def main():
    texts = [json.loads(line) for line in sys.stdin]
    model = sentence_transformers.SentenceTransformer(sys.argv[1], device="cpu")
    times = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        model.encode(texts, normalize_embeddings=True)
        times.append(time.perf_counter() - start)
    print(json.dumps({"seconds": min(times)}))


main()
