#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Each of Apple's headers is enough alone, in its language and without a warning. Usage: ... c|c++
# shellcheck source=tests/install/outside.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/outside.sh"
case $1 in
  c) compile=("$CC" -std=c11) ending=c ;;
  c++) compile=("$CXX" -std=c++11) ending=cpp ;;
esac

# As the user's own headers, since warnings in those of the system do not show.
mapfile -t headers < <(cd "$prefix/include/securetransport/apple" && find . -name '*.h' -printf '%P\n' | sort)
sources=()
for header in "${headers[@]}"; do
  source=$work/${header//\//_}.$ending
  printf '#include <%s>\nint using_it(void);\nint using_it(void) { return 0; }\n' "$header" >"$source"
  sources+=("$source")
done
((${#sources[@]} > 40)) || complain "only ${#sources[@]} headers are installed"
expect_silence "the headers" "${compile[@]}" -Wall -Wextra -Wpedantic -Wstrict-prototypes -Werror -fsyntax-only \
  -I "$prefix/include/securetransport/apple" "${sources[@]}"
finish
