#!/usr/bin/env bash
# Builds the programs of tests/fuzz with clang and runs each for a while.
#   tools/fuzz_smoke.sh [SECONDS]    of each; default 10
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
tools/setup.sh cmake/packages.txt cmake/packages_fuzz.txt
cmake --preset fuzz > build/configure-fuzz.log ||
  { cat build/configure-fuzz.log; exit 1; }
cmake --build build/fuzz -j "$(nproc)" --target fuzzers

programs=build/fuzz/tests/fuzz
python3 tests/fuzz/make_seeds.py build/fuzz/seeds
mkdir -p build/fuzz/findings

run() {
  local name=$1 corpus=build/fuzz/corpus/$1 log=build/fuzz/$1.log
  mkdir -p "$corpus"
  if ! "$programs/$name" -max_total_time="$seconds" -max_len=8192 -timeout=20 \
      -rss_limit_mb=2048 -artifact_prefix="build/fuzz/findings/$name-" \
      "$corpus" "build/fuzz/seeds/${name%_fuzz}" > "$log" 2>&1; then
    tail -n 60 "$log"
    echo "fuzz_smoke: $name failed; the input is in build/fuzz/findings" >&2
    return 1
  fi
  printf '%-16s %s\n' "$name" "$(grep -E '^Done' "$log")"
}
export -f run
export programs seconds
find $programs -maxdepth 1 -name '*_fuzz' -type f -printf '%f\n' | sort |
  xargs -P "$(nproc)" -I NAME bash -euo pipefail -c 'run NAME'
