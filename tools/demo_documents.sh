#!/usr/bin/env bash
# Lays out the documents of ./run demo in a folder, from Debian's own packages:
# handbooks and manuals in HTML, a manual as PDF, tables as CSV, a JSONL set.
# The packages are fetched and unpacked, not installed. Nothing is done when
# the folder was made by this same script before.
#   tools/demo_documents.sh FOLDER
set -euo pipefail
folder=$1
stamp=$folder.complete
version=$(sha256sum "$0" | cut -d' ' -f1)
[ "$(cat "$stamp" 2> /dev/null)" != "$version" ] || exit 0

packages=(debian-handbook debian-reference-en debian-policy debian-faq
  developers-reference debmake-doc installation-guide-amd64 git-doc
  distro-info-data iso-codes)
unpacked=$folder.packages

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

fetch() {
  local options=(-qq)
  [ "$(id -u)" != 0 ] || options+=(-o APT::Sandbox::User=root)
  rm -rf "$unpacked"
  mkdir -p "$unpacked"
  # A machine whose package lists are fresh need not read them again.
  (cd "$unpacked" && apt-get download "${options[@]}" "${packages[@]}" 2> /dev/null) || {
    as_root apt-get update -qq
    (cd "$unpacked" && apt-get download "${options[@]}" "${packages[@]}")
  }
  local package
  for package in "$unpacked"/*.deb; do dpkg -x "$package" "$unpacked"; done
}

# Copies the files that match; places differ between releases of Debian.
#   take SUBFOLDER PATTERN of find -path...
take() {
  local into=$folder/$1 pattern=$2
  shift 2
  mkdir -p "$into"
  find "$unpacked/usr/share" -type f -path "$pattern" "$@" -exec cp -t "$into" {} +
  [ -n "$(ls "$into")" ] || { echo "demo: no document matches $pattern" >&2; exit 1; }
}

# Languages with a two-letter code, and those no longer spoken, one a line.
write_languages() {
  python3 - "$unpacked/usr/share/iso-codes/json/iso_639-3.json" > "$folder/languages.jsonl" << 'PYTHON'
import json
import sys

KINDS = {"L": "living", "E": "extinct", "H": "historical", "A": "ancient",
         "C": "constructed", "S": "special"}
for entry in json.load(open(sys.argv[1], encoding="utf-8"))["639-3"]:
    kind = KINDS.get(entry["type"], "special")
    if kind == "living" and "alpha_2" not in entry:
        continue  # Thousands of one-line documents would drown the others.
    text = f"{entry['name']} is a {kind} language. Its ISO 639-3 code is {entry['alpha_3']}."
    if "alpha_2" in entry:
        text += f" Its two-letter code is {entry['alpha_2']}."
    print(json.dumps({"id": "language-" + entry["alpha_3"], "title": entry["name"],
                      "text": text}))
PYTHON
}

# Counts words of the text, not of the markup; 500 make a page.
count_words() {
  python3 - "$folder" << 'PYTHON'
import html.parser
import pathlib
import subprocess
import sys


class Words(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.count = 0
        self.hidden = 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data):
        self.count += 0 if self.hidden else len(data.split())


words = 0
files = [path for path in pathlib.Path(sys.argv[1]).rglob("*") if path.is_file()]
for path in files:
    if path.suffix == ".pdf":
        words += len(subprocess.run(["pdftotext", path, "-"], capture_output=True,
                                    check=True).stdout.split())
        continue
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".html":
        parser = Words()
        parser.feed(text)
        words += parser.count
    else:
        words += len(text.split())
print(f"{len(files)} files with {words:,} words, {words // 500:,} pages of 500 words")
PYTHON
}

echo "demo: fetching ${#packages[@]} packages of documents" >&2
fetch
rm -rf "$folder"
take handbook '*/debian-handbook/html/en-US/*.html'
take reference '*/debian-reference*/*.en.html'
take faq '*/debian/FAQ/*.en.html'
# Not the one page that repeats all chapters.
take developers '*/developers-reference/*.html' ! -name developers-reference.html ! -name search.html
take packaging '*/debmake-doc/html/*.en.html'
take installation '*/installation-guide-amd64/en/*.html'
# The user's part of Git's manual, without what only its developers read.
take git '*/git-doc/*.html' ! -path '*/git-doc/*/*' ! -name index.html \
  ! -name 'git-diff-*' ! -name 'git-rev-*' ! -name 'git-*pack*' ! -name 'git-fast-*' \
  ! -name 'git-svn*' ! -name 'git-cvs*' ! -name 'git-p4*' ! -name 'gitweb*' \
  ! -name 'gitprotocol*' ! -name 'gitformat*' ! -name 'gitcore*' ! -name 'MyFirst*' \
  ! -name git-config.html ! -name docinfo.html
take policy '*/debian-policy/policy.pdf*'
gunzip -f "$folder"/policy/*.gz 2> /dev/null || true
take tables '*/distro-info/*.csv'
write_languages
rm -rf "$unpacked"
count_words > "$folder.words"
printf '%s\n' "$version" > "$stamp"
