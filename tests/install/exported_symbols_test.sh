#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The C library shows what the headers declare, all of it and nothing else.
# shellcheck source=tests/install/outside.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/outside.sh"
headers=$prefix/include/securetransport/apple

nm -D --defined-only "$prefix/$ST_LIBDIR/libsecuretransport_security.so" | awk '{ print $3 }' | sort -u >"$work/shown"

# Every header in one file. Of what the preprocessor leaves, only lines of our headers count; a declaration is
# everything up to its semicolon, and those that begin with extern or end in ")" name a function or a constant.
(cd "$headers" && find . -name '*.h' | sort | sed 's|^\./\(.*\)|#include <\1>|') >"$work/all.c"
"$CC" -E -isystem "$headers" "$work/all.c" | awk -v headers="$headers/" '
  /^# [0-9]+ "/ { ours = index($3, headers) > 0; next }
  ours' >"$work/all.i"
awk -f "$here/declared_names.awk" "$work/all.i" | sort -u >"$work/declared"

(($(wc -l <"$work/declared") > 400)) || complain "only $(wc -l <"$work/declared") names found in the headers"
comm -23 "$work/declared" "$work/shown" | sed 's/^/declared, but not in the library: /' >"$work/missing"
comm -13 "$work/declared" "$work/shown" | sed 's/^/in the library, but not declared: /' >"$work/extra"
if [[ -s $work/missing || -s $work/extra ]]; then
  cat "$work/missing" "$work/extra" >&2
  complain "headers and library differ"
fi
finish
