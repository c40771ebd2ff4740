#!/usr/bin/env python3
"""Reads every #include of the tree against tests/layering.txt.

Exit 1 and one line a breach when a room includes what the law does not allow,
when rooms include each other in a circle, or when a file belongs to no room.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# First part of an include path (or a whole name) -> library.
LIBRARIES = {
    "absl": "absl", "openssl": "openssl", "xxhash.h": "xxhash",
    "unicode": "unicode", "libstemmer.h": "libstemmer", "md4c.h": "md4c",
    "gumbo.h": "gumbo", "nlohmann": "nlohmann", "seccomp.h": "seccomp",
    "rocksdb": "rocksdb", "faiss": "faiss", "hwy": "hwy", "CLI": "CLI11",
    "grpc": "grpc", "grpcpp": "grpc", "google": "grpc", "gtest": "gtest",
    "gmock": "gtest", "benchmark": "benchmark", "curl": "curl",
    "zip.h": "zip", "pugixml.hpp": "pugixml",
    "archive.h": "archive", "archive_entry.h": "archive",
}
GENERATED = re.compile(r"^(cairn/v1|google)/.*\.pb\.h$")


def read_law():
    law = {}
    for line in (ROOT / "tests/layering.txt").read_text().splitlines():
        line = line.split("#")[0].strip()
        if line:
            room, _, allowed = line.partition(":")
            law[room.strip()] = allowed.split()
    return law


def room_of(path, law):
    parts = path.split("/")
    for size in range(len(parts) - 1, 0, -1):
        room = "/".join(parts[:size])
        if room in law:
            return room
    return None


def target_of(name, law):
    """The room or library that an include names; None for system headers."""
    if GENERATED.match(name):
        return "grpc" if name.startswith("google") else "proto"
    if name.startswith("onnxruntime"):
        return "onnxruntime"
    first = name.split("/")[0]
    if first in LIBRARIES:
        return LIBRARIES[first]
    return room_of(name, law)


def allows(allowed, target, room):
    if "*" in allowed or target == room:
        return True
    # A room may include its own sub-rooms' parents and whatever is listed,
    # with the rooms inside what is listed.
    return any(target == a or target.startswith(a + "/") for a in allowed)


def is_test(path):
    return path.endswith(("_test.cc", "_bench.cc", "_for_test.h"))


def find_circle(edges):
    state, stack = {}, []

    def visit(room):
        state[room] = 1
        stack.append(room)
        for other in sorted(edges.get(room, ())):
            if state.get(other) == 1:
                return stack[stack.index(other):] + [other]
            if other not in state:
                circle = visit(other)
                if circle:
                    return circle
        stack.pop()
        state[room] = 2
        return None

    for room in sorted(edges):
        if room not in state:
            circle = visit(room)
            if circle:
                return circle
    return None


def main():
    law = read_law()
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard",
         "*.h", "*.cc"],
        cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        files = listed.stdout.split()
    else:
        files = [str(p.relative_to(ROOT)) for s in ("*.h", "*.cc")
                 for p in ROOT.rglob(s) if not str(p).startswith(str(ROOT / "build"))]
    breaches, edges = [], {}
    for path in files:
        if not (ROOT / path).exists():
            continue
        room = room_of(path, law)
        if room is None:
            breaches.append(f"{path}: no room of tests/layering.txt holds it")
            continue
        for number, line in enumerate(
                (ROOT / path).read_text(errors="replace").splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            target = target_of(found.group(2), law)
            if target is None:
                if found.group(1) == '"':
                    breaches.append(f"{path}:{number}: {found.group(2)} belongs to no room")
                continue
            if is_test(path) or "*" in law[room]:
                continue
            if not allows(law[room], target, room):
                breaches.append(f"{path}:{number}: {room} may not include {target} ({found.group(2)})")
            if target in law and target != room:
                edges.setdefault(room, set()).add(target)
    circle = find_circle(edges)
    if circle:
        breaches.append("circle: " + " > ".join(circle))
    for breach in breaches:
        print(breach)
    print(f"{len(files)} files, {len(breaches)} breaches of the include law")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
