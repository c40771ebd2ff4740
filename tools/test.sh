#!/usr/bin/env bash
# Runs the tests of a preset that is built.
#   tools/test.sh PRESET [CTEST ARGUMENTS]...
# Without arguments for ctest, the slow test programs that passed before are not
# run again while they and the programs that they start are the same bytes: the
# daily loop stays under a minute. --all runs everything.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
build=build/$preset
passed=$build/passed
slow=(crash_test end_to_end_test services_query_ranking_test)

# What decides whether a test program passes.
key_of() {
  local program
  program=$(find "$build" -name "$1" -type f -executable)
  [ -n "$program" ] || return 1
  {
    sha256sum "$program" "$build/cairn" cmake/downloads.lock
    find "$build" -name parser_process -type f -exec sha256sum {} +
    # Some tests read data that is not everywhere.
    ls -d ../shared/data/* 2> /dev/null || true
  } | sha256sum | cut -d' ' -f1
}

skipped=()
remember() {
  local name
  mkdir -p "$passed"
  for name in "${slow[@]}"; do key_of "$name" > "$passed/$name"; done
}

if [ $# = 0 ]; then
  for name in "${slow[@]}"; do
    [ "$(cat "$passed/$name" 2> /dev/null)" != "$(key_of "$name")" ] || skipped+=("$name")
  done
elif [ "$1" = --all ] && [ $# = 1 ]; then
  shift
else
  exec ctest --test-dir "$build" -j "$(nproc)" --output-on-failure "$@"
fi

select=()
if [ ${#skipped[@]} != 0 ]; then
  echo "test: passed before as they are: ${skipped[*]}; ./run test $preset --all runs them again" >&2
  select=(-E "^($(IFS='|'; printf '%s' "${skipped[*]}"))/")
fi
status=0
ctest --test-dir "$build" -j "$(nproc)" --output-on-failure "${select[@]}" || status=$?
[ $status != 0 ] || remember
exit $status
