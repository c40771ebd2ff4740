#!/usr/bin/env bash
# The main job on real documents, start to end; tools/demo_documents.sh says
# which documents. Safe to repeat: what was taken in is not taken in again.
set -euo pipefail
cd "$(dirname "$0")/.."
cairn=build/release/cairn
data=build/demo-data
documents=build/demo-documents
summary=()
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null || true' EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

# Runs a command and keeps its seconds and its use of the cores for the summary.
#   timed NAME COMMAND...
timed() {
  local name=$1 TIMEFORMAT='%R s, %P %% of one core' figures
  shift
  { figures=$( { time "$@" >&3 2>&4; } 2>&1 ); } 3>&1 4>&2
  summary+=("$(printf '%-44s %s' "$name" "$figures")")
}

ask() {
  say "? $1"
  timed "ask: ${1:0:34}..." "$cairn" --data $data ask "$1"
}

say "1. Documents"
timed "fetch documents" tools/demo_documents.sh $documents
cat $documents.words
timed "ingest" "$cairn" --data $data ingest $documents
"$cairn" --data $data status

say "2. Five questions"
# Two sentences of one manual.
ask "How do I undo a commit that I have already published?"
# A handbook's prose.
ask "What is the difference between apt upgrade and apt full-upgrade?"
# A table.
ask "When was Debian 10 Buster released?"
# Two documents: who came before, and what he was.
ask "Who was the leader of Debian before Bruce Perens?"
# None of the documents tells.
ask "How many people work for Canonical?"

say "3. Two entities, and what connects them"
timed "entity Ian Murdock" "$cairn" --data $data entity -k 5 "Ian Murdock"
timed "entity Bruce Perens" "$cairn" --data $data entity -k 5 "Bruce Perens"
timed "entity --path" "$cairn" --data $data entity --path "Ian Murdock" "Bruce Perens"

say "4. The same over gRPC"
log=build/demo-server.log
: > $log  # The server may be slower than the first look.
"$cairn" --data $data serve --grpc 127.0.0.1:0 2> $log &
server=$!
address=
for _ in $(seq 300); do
  address=$(sed -n 's/.*listening grpc=\(.*\)/\1/p' $log)
  [ -z "$address" ] && kill -0 $server 2> /dev/null || break
  sleep 0.1
done
[ -n "$address" ] || { cat $log >&2; exit 1; }
echo "\$ cairn --server $address ask ..."
timed "ask over gRPC" "$cairn" --server "$address" ask "When was Debian 10 Buster released?"
kill $server
wait $server
server=

say "Timings on $(nproc) cores"
printf '%s\n' "${summary[@]}"
