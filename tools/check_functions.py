#!/usr/bin/env python3
"""No function over 70 lines; files over 500 lines need a line in the list below."""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 500
# Long files and why they are one file.
LONG_FILES = {}


def main():
    files = [f for f in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard",
         "*.h", "*.cc"], cwd=ROOT,
        capture_output=True, text=True, check=True).stdout.split()
        if (ROOT / f).exists()]
    tags = subprocess.run(
        ["ctags", "--output-format=json", "--fields=+ne", "--languages=C++",
         "--kinds-C++=f", "-f", "-", *files],
        cwd=ROOT, capture_output=True, text=True, check=True).stdout
    bad = 0
    for line in tags.splitlines():
        tag = json.loads(line)
        length = tag.get("end", tag["line"]) - tag["line"] + 1
        if length > FUNCTION_LINES_MAX:
            bad += 1
            print(f"{tag['path']}:{tag['line']}: {tag['name']} has {length} lines")
    for name in files:
        count = len((ROOT / name).read_text(errors="replace").splitlines())
        if count > FILE_LINES_MAX and name not in LONG_FILES and not name.endswith("_test.cc"):
            bad += 1
            print(f"{name}: {count} lines; split it or say why in {__file__}")
    print(f"{len(files)} files, {bad} too long")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
