#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the scripts of this folder share. Sourced; makes a folder of its own, $work, and checks at the end.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
prefix=${ST_PREFIX:?"the installed tree; ctest sets it"}
read -ra flags <<<"${ST_FLAGS-}"
PATH=$prefix/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
failures=0

complain() {
  printf 'FAILED: %s\n' "$*" >&2
  failures=$((failures + 1))
}

# expect NAME COMMAND...: the command must succeed; what it says is shown if it does not.
expect() {
  "${@:2}" >"$work/said" 2>&1 || {
    complain "$1: ${*:2}"
    sed 's/^/  /' "$work/said" >&2
  }
}

# expect_silence NAME COMMAND...: and must say nothing.
expect_silence() {
  expect "$@"
  [[ ! -s $work/said ]] || {
    complain "$1 says something: ${*:2}"
    sed 's/^/  /' "$work/said" >&2
  }
}

# expect_refusal NAME WORDS COMMAND...: the command must fail and name the reason in these words.
expect_refusal() {
  if "${@:3}" >"$work/said" 2>&1; then
    complain "$1 succeeds: ${*:3}"
  elif ! grep -qF -- "$2" "$work/said"; then
    complain "$1 does not say '$2': ${*:3}"
    sed 's/^/  /' "$work/said" >&2
  fi
}

finish() {
  ((failures == 0)) || exit 1
  exit 0
}
