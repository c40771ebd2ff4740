#!/usr/bin/env bash
# Builds the programs of tests/fuzz with clang and runs each.
#   tools/fuzz_smoke.sh [SECONDS]  each for a while, default 10, from a corpus
#                                  that grows in build/fuzz/corpus
#   tools/fuzz_smoke.sh fixed      each for a fixed number of inputs, which are
#                                  the same at every call: what CI runs
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-10}
tools/setup.sh cmake/packages.txt cmake/packages_fuzz.txt
cmake --preset fuzz > build/configure-fuzz.log ||
  { cat build/configure-fuzz.log; exit 1; }
cmake --build build/fuzz -j "$(nproc)" --target fuzzers

programs=build/fuzz/tests/fuzz
rm -rf build/fuzz/seeds
python3 tests/fuzz/make_seeds.py build/fuzz/seeds
mkdir -p build/fuzz/findings

# Inputs of a fixed run: some 15 seconds of one core for each program.
runs_of() {
  case $1 in
    codec_fuzz) echo 800000 ;;
    csv_fuzz | jsonl_fuzz) echo 100000 ;;
    archive_fuzz | image_fuzz) echo 20000 ;;
    film_fuzz) echo 100000 ;;
    layout_fuzz) echo 600 ;;
    pdf_fuzz) echo 6000 ;;
    html_fuzz | email_fuzz) echo 40000 ;;
    docx_fuzz) echo 10000 ;;
    pptx_fuzz | odt_fuzz | ods_fuzz | odp_fuzz) echo 20000 ;;
    xlsx_fuzz | epub_fuzz | doc_fuzz | xls_fuzz | ppt_fuzz | msg_fuzz) echo 30000 ;;
    asciidoc_fuzz | code_fuzz | json_fuzz | latex_fuzz | notebook_fuzz) echo 50000 ;;
    rtf_fuzz | subtitles_fuzz | xml_fuzz) echo 50000 ;;
    markdown_fuzz | words_fuzz) echo 200000 ;;
    request_fuzz) echo 400000 ;;
    text_fuzz | tokenizer_fuzz) echo 300000 ;;
    *) echo "fuzz_smoke: runs_of tells nothing of $1" >&2; return 1 ;;
  esac
}

run() {
  local name=$1 log=build/fuzz/$1.log seeds=build/fuzz/seeds/${1%_fuzz} corpus=() fixed=() bound
  if [ "$mode" = fixed ]; then
    # Nothing is read but the seeds, and nothing stops by the clock.
    # Addresses are hashed somewhere: with random ones the inputs differ.
    ! setarch -R true 2> /dev/null || fixed=(setarch -R)
    bound=$(runs_of "$name")
    bound="-runs=$bound -seed=1"
  else
    corpus=("build/fuzz/corpus/$name")
    mkdir -p "${corpus[@]}"
    bound=-max_total_time=$mode
  fi
  # shellcheck disable=SC2086
  if ! "${fixed[@]}" "$programs/$name" $bound -max_len=8192 -timeout=60 -reload=0 \
      -rss_limit_mb=2048 -artifact_prefix="build/fuzz/findings/$name-" \
      "${corpus[@]}" "$seeds" > "$log" 2>&1; then
    tail -n 60 "$log"
    echo "fuzz_smoke: $name failed; the input is in build/fuzz/findings" >&2
    return 1
  fi
  printf '%-16s %s\n' "$name" "$(grep -E '^Done' "$log")"
}
export -f run runs_of
export programs mode
find $programs -maxdepth 1 -name '*_fuzz' -type f -printf '%f\n' | sort |
  xargs -P "$(nproc)" -I NAME bash -euo pipefail -c 'run NAME'
