#!/usr/bin/env bash
# Does a stranger's first hour work? Clones the last commit into a bare Debian of
# the given release and runs ./run setup, test and demo there, then all three
# again without a network. docs/building.md tells more.
#   tools/check_fresh.sh RELEASE [STEP]...    RELEASE: 12 or 13
#   STEP: machine clone setup test demo again; all of them by default
# Needs root and mmdebstrap. Mirrors, certificates and proxies are the host's.
# The machine is kept in ${CAIRN_FRESH:-/var/tmp/cairn-fresh}/RELEASE until the
# step "machine" makes it anew. CAIRN_FRESH_CCACHE=DIR lends it a compiler cache.
set -euo pipefail
cd "$(dirname "$0")/.."
release=${1:?usage: tools/check_fresh.sh 12|13 [STEP]...}
shift
case $release in
  12) suite=bookworm ;;
  13) suite=trixie ;;
  *) echo "check_fresh: Debian $release is not supported, only 12 and 13" >&2; exit 2 ;;
esac
folder=${CAIRN_FRESH:-/var/tmp/cairn-fresh}
root=$folder/$release

say() { printf '\ncheck_fresh %s: %s\n' "$release" "$*" >&2; }

# The first mirror of Debian proper that the host's apt reads.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
    grep '/debian/\?$' | head -n 1
}

step_machine() {
  rm -rf --one-file-system "$root"
  mkdir -p "$folder"
  mmdebstrap --quiet --variant=minbase --include=ca-certificates,git \
    "$suite" "$root" "$(mirror)"
  # How the host reaches its registries, so that the machine does too.
  apt-config dump | grep -E '^Acquire::(http|https|Check|Retries)' \
    > "$root/etc/apt/apt.conf.d/90host" || true
  local file
  for file in /etc/pip.conf /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
    [ ! -f $file ] || cp -L $file "$root$file"
  done
}

step_clone() {
  rm -rf "$root/root/cairn"
  git clone --quiet --no-local . "$root/root/cairn"
  git -C "$root/root/cairn" log --oneline -1
}

# Runs a command of the clone inside the machine; mounts vanish with it.
# inside NETWORK COMMAND...    NETWORK: host, or none for loopback alone
inside() {
  local network=() lent=${CAIRN_FRESH_CCACHE:-}
  [ "$1" = host ] || network=(--net)
  shift
  unshare --mount --pid --fork --kill-child "${network[@]}" bash -euo pipefail -c '
    root=$1 lent=$2
    shift 2
    ip link set lo up 2> /dev/null || true  # Down in a network of its own.
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    if [ -n "$lent" ]; then
      mkdir -p "$root/root/.cache/ccache"
      mount --bind "$lent" "$root/root/.cache/ccache"
    fi
    cd "$root"
    exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM="${TERM:-dumb}" LANG=C.UTF-8 \
      chroot "$root" bash -c "cd /root/cairn && \"\$@\"" inside "$@"
  ' inside "$root" "$lent" "$@"
}

timed() {
  local begin=$SECONDS
  say "$*"
  inside "$@"
  say "$*: $((SECONDS - begin)) s"
}

step_setup() { timed host ./run setup; }
step_test() { timed host ./run test; }
step_demo() { timed host ./run demo; }
step_again() {
  timed none ./run setup
  timed none ./run test
  timed none ./run demo
}

[ $# -gt 0 ] || set -- machine clone setup test demo again
for step in "$@"; do
  "step_$step"
done
say "all of it works: $*"
