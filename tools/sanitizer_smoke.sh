#!/usr/bin/env bash
# Builds test programs under address + undefined, and those of rooms with
# threads under the thread sanitizer, and runs them.
#   tools/sanitizer_smoke.sh [quick|asan|tsan]...    asan and tsan by default
set -euo pipefail
cd "$(dirname "$0")/.."

# Left out: the tests of cli and services/server, which link everything and
# walk no memory that the tests below do not.
asan_tests=(
  base_test domain_test text_test tables_test documents_test
  documents_ocr_test documents_pdf_test documents_frames_test
  documents_sandbox_test
  models_onnx_test models_wordpiece_test models_fake_test models_rules_test
  models_extractive_test storage_test index_dense_test index_lexical_test
  graph_test services_ingestion_test services_query_test services_convert_test)
tsan_tests=(
  base_test storage_test index_dense_test index_lexical_test
  services_ingestion_test services_query_test)

# halt_on_error: the first report fails the test.
export ASAN_OPTIONS=detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tools/lsan_suppressions.txt
export TSAN_OPTIONS=halt_on_error=1:suppressions=$PWD/tools/tsan_suppressions.txt

#   smoke PRESET TEST...
smoke() {
  local preset=$1 names
  shift
  mkdir -p build
  cmake --preset "$preset" > "build/configure-$preset.log" ||
    { cat "build/configure-$preset.log"; return 1; }
  cmake --build "build/$preset" -j "$(nproc)" --target "$@"
  names=$(IFS='|'; printf '%s' "$*")
  ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure -R "^($names)/"
}

[ $# -gt 0 ] || set -- asan tsan
for preset in "$@"; do
  case $preset in
    quick)
      smoke asan base_test domain_test text_test tables_test
      smoke tsan base_test ;;
    asan) smoke asan "${asan_tests[@]}" ;;
    tsan) smoke tsan "${tsan_tests[@]}" ;;
    *) echo "sanitizer_smoke: there is no $preset, only quick, asan and tsan" >&2; exit 2 ;;
  esac
done
