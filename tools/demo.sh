#!/usr/bin/env bash
# The main job on real documents: Debian's handbook and references in HTML, its
# policy as a PDF, release tables in CSV, languages as JSONL.
set -euo pipefail
cd "$(dirname "$0")/.."
cairn=build/release/cairn
data=build/demo-data
docs=build/demo-documents

collect() {
  [ -f $docs/.complete ] && return
  rm -rf $docs
  mkdir -p $docs/handbook $docs/reference $docs/developers $docs/tables
  cp /usr/share/doc/debian-handbook/html/en-US/*.html $docs/handbook/
  cp /usr/share/debian-reference/ch*.en.html $docs/reference/
  cp /usr/share/developers-reference/*.html $docs/developers/
  cp /usr/share/distro-info/*.csv $docs/tables/
  zcat -f /usr/share/doc/debian-policy/policy.pdf* > $docs/policy.pdf
  python3 - $docs/languages.jsonl <<'PYTHON'
import json, sys
kinds = {"L": "living", "E": "extinct", "H": "historical", "A": "ancient", "C": "constructed", "S": "special"}
with open("/usr/share/iso-codes/json/iso_639-3.json") as source, open(sys.argv[1], "w") as out:
    for entry in json.load(source)["639-3"]:
        kind = kinds.get(entry["type"], "special")
        text = (f"{entry['name']} is a {kind} language. Its ISO 639-3 code is {entry['alpha_3']}.")
        if "alpha_2" in entry:
            text += f" Its two-letter code is {entry['alpha_2']}."
        if kind == "living" and "alpha_2" not in entry:
            continue  # The thousands of smaller languages would drown the demo.
        out.write(json.dumps({"id": "language-" + entry["alpha_3"], "title": entry["name"], "text": text}) + "\n")
PYTHON
  touch $docs/.complete
}

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
ask() { say "? $*"; "$cairn" --data $data ask "$*"; }

collect
say "1. Ingest $(du -sh $docs | cut -f1) of documents (unchanged ones are skipped)"
time "$cairn" --data $data ingest $docs
"$cairn" --data $data status

say "2. Five questions"
ask "What is the code name of Debian version 9?"
ask "What does the Debian Policy Manual say about the maintainer of a package, and what does the Developer's Reference add?"
ask "When was Debian 10 Buster released?"
ask "What does the command apt-cache policy show?"
ask "Who won the football world cup in 1974?"

say "3. Entities, and a path between two"
"$cairn" --data $data entity "Ian Murdock"
"$cairn" --data $data entity "Linux"
"$cairn" --data $data entity --path "Ian Murdock" "Linux"

say "4. The same over gRPC"
"$cairn" --data $data serve --grpc 127.0.0.1:7411 &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  "$cairn" --server 127.0.0.1:7411 status > /dev/null 2>&1 && break
  sleep 0.1
done
"$cairn" --server 127.0.0.1:7411 ask "What is the code name of Debian version 9?"
kill $server
wait $server || true
