#!/usr/bin/env bash
# Installs what Cairn needs: Debian packages (cmake/packages*.txt) and the
# pinned downloads of cmake/downloads.lock, each checked by its SHA-256.
# Idempotent; takes a second when everything is there.
#   tools/setup.sh [FILE of package names]...
set -euo pipefail
cd "$(dirname "$0")/.."
deps=build/deps
downloads=build/dl

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

debian_release() { . /etc/os-release; printf '%s' "${VERSION_ID:-}"; }

wanted_packages() {
  local release line
  release=$(debian_release)
  sed -e 's/#.*//' "$@" | while read -r line; do
    case $line in
      '') ;;
      *@"$release") printf '%s\n' "${line%@*}" ;;
      *@*) ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
}

install_packages() {
  local missing=() name
  while read -r name; do
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null |
      grep -qx installed || missing+=("$name")
  done < <(wanted_packages "$@")
  [ ${#missing[@]} = 0 ] && return
  say "installing ${#missing[@]} Debian packages"
  local fast=()
  [ -z "${CI:-}" ] || fast=(-o Dpkg::Options::=--force-unsafe-io)
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends "${fast[@]}" "${missing[@]}" > build/apt.log 2>&1 ||
    { tail -20 build/apt.log >&2; fail "apt-get failed, see build/apt.log"; }
}

sha256_of() { sha256sum "$1" | cut -d' ' -f1; }

# A wheel into $downloads/SOURCE; prints its path.
fetch_pypi() {
  local source=$1 folder=$downloads/$1
  if ! ls "$folder"/*.whl > /dev/null 2>&1; then
    mkdir -p "$folder"
    python3 -m pip download -q --disable-pip-version-check --no-deps \
      --only-binary :all: --implementation cp --python-version 3.11 \
      --abi cp311 --abi none --abi abi3 \
      --platform "manylinux_2_28_$(uname -m)" \
      --platform "manylinux_2_17_$(uname -m)" \
      --platform "manylinux2014_$(uname -m)" --platform any \
      -d "$folder" "$source" >&2 || return 1
  fi
  ls "$folder"/*.whl
}

fetch_maven() {
  command -v mvn > /dev/null || return 1
  local folder=$downloads/${1//:/_} group artifact version
  IFS=: read -r group artifact version <<< "$1"
  mkdir -p "$folder"
  mvn -q dependency:copy -Dartifact="$group:$artifact:$version" \
    -DoutputDirectory="$PWD/$folder" >&2 || return 1
  ls "$folder"/*.jar
}

# A package of Debian's trixie suite, through lists of its own, so that the
# machine's stay as they are. Headers only, so one architecture serves all.
fetch_deb() {
  local folder=$downloads/deb name=${1%%=*} mirror keyring options
  if ! ls "$folder/${name}"_*.deb > /dev/null 2>&1; then
    mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
      grep -v security | sort -u | head -n 1)
    [ -n "$mirror" ] || { as_root apt-get update -qq
      mirror=$(apt-get indextargets --format '$(REPO_URI)' \
        'Created-By: Packages' | grep -v security | sort -u | head -n 1); }
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    printf 'deb [signed-by=%s] %s trixie main\n' "$keyring" "$mirror" \
      > "$folder/trixie.list"
    options=(-o APT::Architecture=amd64 -o APT::Architectures::=amd64
      -o Dir::Etc::SourceList="$PWD/$folder/trixie.list"
      -o Dir::Etc::SourceParts=/dev/null
      -o Dir::State::Lists="$PWD/$folder/lists"
      -o Dir::Cache="$PWD/$folder/cache" -o APT::Sandbox::User=root)
    as_root apt-get "${options[@]}" update -qq >&2 || return 1
    (cd "$folder" && as_root apt-get "${options[@]}" download -qq "$1" >&2) ||
      return 1
  fi
  ls "$folder/${name}"_*.deb
}

# Takes MEMBER out of ARCHIVE into DESTINATION.
unpack() {
  local archive=$1 member=$2 destination=$3 scratch
  mkdir -p "$(dirname "$destination")"
  case $archive:$member in
    *.deb:*)
      scratch=$(mktemp -d)
      dpkg -x "$archive" "$scratch"
      mkdir -p "$destination"
      cp -r "$scratch/$member." "$destination"
      rm -r "$scratch" ;;
    *:*/)
      mkdir -p "$(dirname "${destination%/}")"
      unzip -q -o "$archive" "$member*.proto" -d "$(dirname "${destination%/}")" ;;
    *) unzip -p "$archive" "$member" > "$destination.tmp"
       mv "$destination.tmp" "$destination" ;;
  esac
}

fetch_line() {
  local kind=$1 source=$2 member=$3 destination=$deps/$4 hash=$5 archive
  case $kind in
    repo) mkdir -p "$(dirname "$destination")"; cp "$source" "$destination"
          return ;;
    pypi) archive=$(fetch_pypi "$source") || return 1 ;;
    maven) archive=$(fetch_maven "$source") || return 1 ;;
    deb) archive=$(fetch_deb "$source") || return 1 ;;
    *) fail "cmake/downloads.lock: unknown kind $kind" ;;
  esac
  case $member in
    */) [ "$(sha256_of "$archive")" = "$hash" ] || { say "$archive does not match its SHA-256"; return 1; }
        unpack "$archive" "$member" "$destination" ;;
    *)  unpack "$archive" "$member" "$destination"
        [ "$(sha256_of "$destination")" = "$hash" ] || { rm -f "$destination"; say "$member of $source does not match its SHA-256"; return 1; } ;;
  esac
}

fetch_downloads() {
  local stamp=$deps/.complete lock=cmake/downloads.lock key
  key=$(cat $lock models/manifests/*.json | sha256sum | cut -d' ' -f1)
  [ "$(cat $stamp 2>/dev/null)" = "$key" ] && return
  mkdir -p $deps $downloads
  local -A done=()
  local kind source member destination hash _
  while read -r kind source member destination hash _; do
    case $kind in ''|'#'*) continue ;; esac
    case ${kind#*:} in any|"$(uname -m)") ;; *) continue ;; esac
    [ -z "${done[$destination]:-}" ] || continue
    say "$destination"
    if fetch_line "${kind%%:*}" "$source" "$member" "$destination" "$hash"; then
      done[$destination]=1
    else
      say "$source: not to be had, trying the next source"
      done[$destination]=
    fi
  done < $lock
  for destination in "${!done[@]}"; do
    [ -n "${done[$destination]}" ] || fail "$destination could not be fetched from any source of $lock; is the network there?"
  done
  printf '%s\n' "$key" > $stamp
}

mkdir -p build
[ $# -gt 0 ] || set -- cmake/packages.txt
install_packages "$@"
fetch_downloads
