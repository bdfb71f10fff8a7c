#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Checks the form of our files: licence line, length, width, tabs, unfinished marks, paths that only one machine has.
# Usage: check_files.sh [ROOT]. One line an offence, as file:line: ...; status 1 if there is any.
set -euo pipefail
shopt -s inherit_errexit

tools=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd -- "${1:-$tools/..}"

check_form() {
  find src include tests -type f \( -name '*.[ch]' -o -name '*.[chit]pp' -o -name '*.def' -o -name '*.inc' \
    -o -name '*.sh' -o -name CMakeLists.txt -o -name '*.cmake' \) -print0 | sort -z |
    LC_ALL=C xargs -0 -r awk -f "$tools/check_form.awk"
}

# What lies in tests/data is as its makers left it.
check_last_newline() {
  find src include tests -type f ! -path 'tests/data/*' -size +0 -print0 | sort -z |
    while IFS= read -r -d '' file; do
      [[ -z $(tail -c 1 -- "$file") ]] || printf '%s:1: no newline at the end of the file\n' "$file"
    done
}

# Paths that lead out of the repository: absolute ones of one machine, and more ../ than the file lies deep.
check_paths() {
  local everywhere=(-rI --exclude-dir=.git --exclude-dir=build .)
  { grep -nE '(^|[^A-Za-z0-9_./-])/(work|home|root|Users)(/|[^A-Za-z0-9_/]|$)' "${everywhere[@]}" || (($? == 1)); } |
    sed -E 's|^\./([^:]*:[0-9]+):.*|\1: a path of one machine|'
  { grep -noE '(^|[^.])(\.\./)+' "${everywhere[@]}" || (($? == 1)); } |
    sed 's|^\./||' | awk -F: '
      { depth = gsub(/\//, "/", $1); ups = gsub(/\.\.\//, "", $3) }
      ups > depth { printf "%s:%d: a path that leaves the repository\n", $1, $2 }'
}

offences=$(
  check_form
  check_last_newline
  check_paths
)
if [[ -n $offences ]]; then
  printf '%s\n' "$offences"
  exit 1
fi
