#!/usr/bin/env bash
# Format, include law, function sizes, folder READMEs, proto, clang-tidy.
#   tools/lint.sh        clang-tidy of the files changed against the last commit
#   tools/lint.sh all    clang-tidy of all files
#   tools/lint.sh quick  no clang-tidy
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0
step() {
  printf 'lint: %s\n' "$1"
  shift
  "$@" || { failed=1; printf 'lint: FAILED: %s\n' "$*"; }
}

check_format() {
  git ls-files '*.h' '*.cc' | xargs clang-format --dry-run -Werror
}

check_readmes() {
  local missing=0 folder
  while read -r folder; do
    case $folder in tests/*|proto/*|.ci) continue ;; esac
    [ -f "$folder/README.md" ] || { echo "$folder has no README.md"; missing=1; }
  done < <(git ls-files | grep / | xargs -n1 dirname | sort -u)
  return $missing
}

check_proto() {
  # buf comes from the npm registry; without npm its check is left to CI.
  command -v npm > /dev/null || { echo "npm is absent: buf lint skipped"; return 0; }
  local folder=build/dl/buf
  if [ ! -x $folder/node_modules/.bin/buf ]; then
    mkdir -p $folder
    npm install --silent --no-audit --no-fund --prefix $folder @bufbuild/buf@1.75.0 > /dev/null
  fi
  $folder/node_modules/.bin/buf lint proto
}

check_tidy() {
  local preset=build/release files
  [ -f $preset/compile_commands.json ] || { echo "build first: ./run build"; return 1; }
  if [ "$1" = all ]; then
    files=$(git ls-files '*.cc' | grep -v -E '_(test|bench)\.cc$|^tests/')
  else
    files=$( (git diff --name-only HEAD; git diff --name-only HEAD~1 HEAD) 2>/dev/null |
      sort -u | grep '\.cc$' | grep -v -E '_(test|bench)\.cc$|^tests/' || true)
  fi
  [ -n "$files" ] || return 0
  # shellcheck disable=SC2086
  printf '%s\n' $files | xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p $preset --extra-arg=-fbracket-depth=1024 2> /dev/null
}

mode=${1:-changed}
step "format" check_format
step "include law" python3 tools/check_layering.py
step "function and file sizes" python3 tools/check_functions.py
step "folder READMEs" check_readmes
step "proto" check_proto
[ "$mode" = quick ] || step "clang-tidy ($mode)" check_tidy "$mode"
exit $failed
