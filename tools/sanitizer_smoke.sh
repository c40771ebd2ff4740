#!/usr/bin/env bash
# Builds the rooms that hold the most pointers under address + undefined, and
# under thread sanitizers, and runs their tests.
set -euo pipefail
cd "$(dirname "$0")/.."
smoke() {
  local preset=$1 rooms=$2
  cmake --preset "$preset" -DCAIRN_ONLY_ROOMS="$rooms" > "build/configure-$preset.log"
  cmake --build "build/$preset" -j "$(nproc)"
  ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure
}
smoke asan "base;domain;text"
smoke tsan "base"
