# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Which Debian packages ./run and ./test need, and how they get installed. Sourced; says everything on stderr.

# shellcheck disable=SC2034  # the lists are for the scripts that source this file
run_packages=(g++ cmake ninja-build pkg-config libssl-dev libasio-dev libc-ares-dev libcli11-dev
  nlohmann-json3-dev libfmt-dev libpsl-dev libidn2-dev ca-certificates)
# shellcheck disable=SC2034
demo_packages=(nginx openssl gnutls-bin)
# shellcheck disable=SC2034
test_packages=(libgtest-dev libgmock-dev curl nginx openssl gnutls-bin)
# shellcheck disable=SC2034
clang_packages=(clang-14 libclang-rt-14-dev)

# The program by which a package is known on a system without dpkg.
declare -A program_of=([g++]=c++ [cmake]=cmake [ninja-build]=ninja [pkg-config]=pkg-config [clang-14]=clang-14
  [nginx]=nginx [openssl]=openssl [gnutls-bin]=gnutls-cli [curl]=curl)

say() { printf 'securetransport: %s\n' "$*" >&2; }

# fail STATUS MESSAGE: 3 where this machine lacks something, 4 where our own build is at fault.
fail() {
  say "${@:2}"
  exit "$1"
}

# has PROGRAM: daemons live in the sbin folders, which an ordinary user's PATH leaves out.
has() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null; }

# find_missing PACKAGE...: sets the array `missing` to those that are not installed.
find_missing() {
  local package installed
  missing=()
  if ! has apt-get; then
    for package in "$@"; do has "${program_of[$package]:-true}" || missing+=("$package"); done
    return
  fi
  # shellcheck disable=SC2016  # the fields are dpkg-query's
  installed=$'\n'$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)$'\n'
  for package in "$@"; do
    if [[ $package == nginx ]] && has nginx; then continue; fi  # nginx-light and its like do as well
    [[ $installed == *$'\n'"installed $package"$'\n'* ]] || missing+=("$package")
  done
}

# apt_install PACKAGE...: runs as root in a shell of its own, so it uses no other function of this file.
apt_install() {
  set -eu
  export DEBIAN_FRONTEND=noninteractive
  # Two of us at once take turns; apt-get's own lock on its lists would fail the second one.
  exec 9<"$(command -v apt-get)"
  flock 9

  # Installing nginx would start it on port 80, now and at every boot; the demo and the tests run their own on free
  # ports. policy-rc.d is Debian's switch for that; one that is there already is the administrator's word.
  if [[ " $* " == *" nginx "* && ! -e /usr/sbin/policy-rc.d ]]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\n# %s\nexit 101\n' 'Keeps nginx from starting while securetransport installs it.' \
      >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
  fi
  # A broken third-party source must not stop us: if it matters, the installation says so.
  apt-get update || true
  apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
  if [[ " $* " == *" nginx "* ]]; then update-rc.d nginx disable; fi
}

# ensure_packages PACKAGE...: installs what is missing, or ends the script with status 3.
ensure_packages() {
  local missing by_hand log as_root=()
  find_missing "$@"
  ((${#missing[@]})) || return 0
  has apt-get || fail 3 "this is not a Debian system; please install what it calls: ${missing[*]}"

  by_hand="packages are missing; as root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  if ((EUID != 0)); then
    has sudo || fail 3 "$by_hand"
    as_root=(sudo)
    if ! sudo -n true 2>/dev/null; then
      # Only at a terminal can somebody type a password.
      [[ -t 0 && -t 2 ]] || fail 3 "$by_hand"
      sudo -v || fail 3 "$by_hand"
    fi
  fi

  say "installing ${missing[*]} ..."
  log=$(mktemp)
  if ! "${as_root[@]}" bash -c "$(declare -f apt_install); apt_install \"\$@\"" apt_install "${missing[@]}" \
    </dev/null >"$log" 2>&1; then
    tail -n 20 -- "$log" >&2
    fail 3 "apt-get could not install the packages; the whole log is $log"
  fi
  rm -f -- "$log"
}
