"""Write the adversarial corpus: ``python tests/adversarial/generate.py [FOLDER]``.

Keys and times are fixed, so that the same files come out every time. What is expected of each case comes from the
requirements (the ids in the manifest) and from the contract of ``openbadges verify``, never from what the code says.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOMS = (
    "jose",
    "binding",
    "linked_data",
    "poison",
    "proofs",
    "selective",
    "texts",
    "dates",
    "status",
    "pictures",
    "legacy",
    "others",
    "honest_signing",
    "honest_carriers",
    "honest_content",
)


def main(arguments: list[str]) -> int:
    """Write the corpus into ``corpus`` beside this file, or into the folder that is named."""
    sys.path[:0] = [str(HERE), str(HERE.parent.parent)]
    book = import_module("generator.book").Book()
    for room in ROOMS:
        book.room = room
        import_module(f"generator.{room}").add_cases(book)
    book.write(Path(arguments[0]) if arguments else HERE / "corpus")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
