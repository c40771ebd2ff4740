#!/usr/bin/env python3
"""Writes the bomb set: files made to hurt whoever parses them.

Usage: make_bombs.py FOLDER. Standard library only; the same bytes every time;
under 200 MB in all. The bombs stand in archives.py, films.py, packages.py,
texts.py and pdfs.py; bombs() of each yields (name, bytes). bombs_test.cc ingests them all
through the real program.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import archives  # noqa: E402
import films  # noqa: E402
import packages  # noqa: E402
import pdfs  # noqa: E402
import texts  # noqa: E402

TOTAL_MAX = 200 << 20


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for kind in (archives, films, packages, texts, pdfs):
        for name, content in kind.bombs():
            total += len(content)
            if total > TOTAL_MAX:
                sys.exit(f"{name}: the set has more than {TOTAL_MAX} bytes")
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
