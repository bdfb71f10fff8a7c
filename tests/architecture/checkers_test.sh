#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Plants one offence at a time in a small clean tree and expects the checkers of tools/ to name it, and nothing else.
set -euo pipefail

tools=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../tools" && pwd)
tree=$(mktemp -d)
trap 'rm -rf -- "$tree"' EXIT
failures=0
licence='// SPDX-License-Identifier: Apache-2.0'

# plant FILE LINE...: a file of our form with these lines.
plant() {
  local file=$tree/$1
  mkdir -p -- "${file%/*}"
  case $1 in
    *CMakeLists.txt) printf '%s\n' "${@:2}" ;;
    *) printf '%s\n' "$licence" "${@:2}" ;;
  esac >"$file"
}

clean_tree() {
  rm -rf -- "${tree:?}"/*
  plant include/securetransport/core/code.hpp '#include <cstdint>'
  plant include/securetransport/tls/session.hpp '#include "securetransport/core/code.hpp"' '#include <memory>'
  plant include/securetransport/securetransport.hpp '#include "securetransport/tls/session.hpp"'
  plant include/apple/MacTypes.h '#include <stdint.h>' '#include <MacErrors.h>'
  plant include/apple/CoreFoundation/CFBase.h '#include <stdint.h>' '#include <MacTypes.h>'
  plant include/apple/Security/SecBase.h '#include <CoreFoundation/CFBase.h>'
  plant src/core/code.cpp '#include "securetransport/core/code.hpp"' '#include "core/table.hpp"' '#include "table.hpp"'
  plant src/ossl/handles.hpp '#include <openssl/ssl.h>' 'case SSL_R_NO_SHARED_CIPHER:'
  plant src/trust/codes.cpp '#include "ossl/handles.hpp"' 'case X509_V_ERR_CERT_HAS_EXPIRED:'
  plant src/tls/session.cpp '  #  include "trust/chain.hpp"  // why' '#include <openssl/x509.h>'
  plant src/cf/string.cpp '#include <CoreFoundation/CFBase.h>'
  plant src/apple/handshake.cpp '#include <Security/SecBase.h>' '#include "cf/object.hpp"' '#include "tls/session.hpp"'
  plant src/net/dial.cpp '#include <asio/ip/tcp.hpp>' '#include <ares.h>' '#include <sys/socket.h>' '#include <net/if.h>'
  plant src/lab/peer.cpp '#include "net/dial.hpp"' '#include <openssl/evp.h>'
  plant src/cli/main.cpp '#include "securetransport/tls/session.hpp"' '#include <CLI/CLI.hpp>' '#include "lab/peer.hpp"'
  plant tests/unit/trust/codes_test.cpp '#include <gtest/gtest.h>' '#include "trust/codes.hpp"' '#include "support/pem.hpp"'
  plant src/tls/CMakeLists.txt 'st_layer(tls SOURCES session.cpp LINK st_trust OpenSSL::SSL)  # never st_apple'
  plant src/cli/CMakeLists.txt 'target_link_libraries(securetransport PRIVATE st_tls st_lab CLI11::CLI11)'
  plant tests/unit/CMakeLists.txt 'add_subdirectory(trust)'
}

# expect CHECKER TEXT: the planted tree gives exactly one offence, and TEXT is in it; no TEXT, no offence.
expect() {
  local said status=0
  said=$(bash "$tools/$1" "$tree" 2>&1) || status=$?
  if [[ -z $2 && $status -eq 0 && -z $said ]]; then return; fi
  if [[ -n $2 && $status -eq 1 && $said == *"$2"* && $said != *$'\n'* ]]; then return; fi
  printf 'expected of %s: %s\nstatus %d, it said: %s\n\n' "$1" "${2:-nothing}" "$status" "$said"
  failures=$((failures + 1))
}

# offends CHECKER TEXT FILE LINE...
offends() {
  clean_tree
  plant "${@:3}"
  expect "$1" "$2"
}

clean_tree
expect check_layers.sh ''
expect check_files.sh ''

# An include that its layer may not have: text, file, include.
while read -r text file include; do
  offends check_layers.sh "$file:2: layer $text may not include $include" "$file" "#include $include"
done <<'END'
core                  src/core/a.cpp                        <openssl/ssl.h>
core                  src/core/a.cpp                        <unistd.h>
core                  src/core/a.cpp                        "trust/chain.hpp"
core                  src/core/a.hpp                        <fmt/format.h>
ossl                  src/ossl/a.cpp                        "trust/chain.hpp"
ossl                  src/ossl/a.cpp                        "securetransport/tls/session.hpp"
trust                 src/trust/a.cpp                       "tls/session.hpp"
trust                 src/trust/a.cpp                       <sys/socket.h>
tls                   src/tls/a.cpp                         "net/dial.hpp"
tls                   src/tls/a.cpp                         <asio.hpp>
tls                   src/tls/a.cpp                         <Security/SecBase.h>
tls                   src/tls/a.cpp                         "lab/peer.hpp"
tls                   src/tls/a.cpp                         "../trust/chain.hpp"
cf                    src/cf/a.cpp                          "securetransport/core/code.hpp"
cf                    src/cf/a.cpp                          <Security/SecBase.h>
apple                 src/apple/a.cpp                       <openssl/ssl.h>
apple                 src/apple/a.cpp                       "ossl/handles.hpp"
net                   src/net/a.cpp                         <openssl/ssl.h>
net                   src/net/a.cpp                         "trust/chain.hpp"
lab                   src/lab/a.cpp                         "ossl/handles.hpp"
lab                   src/lab/a.cpp                         "securetransport/trust/evaluate.hpp"
lab                   src/lab/a.cpp                         "tls/session.hpp"
lab                   src/lab/a.cpp                         <Security/SecBase.h>
cli                   src/cli/a.cpp                         <openssl/ssl.h>
cli                   src/cli/a.cpp                         "tls/session.hpp"
cli                   src/cli/a.cpp                         "trust/chain.hpp"
cli                   src/cli/a.cpp                         "ossl/handles.hpp"
cli                   src/cli/a.cpp                         <boost/any.hpp>
public:core           include/securetransport/core/a.hpp    "securetransport/trust/evaluate.hpp"
public:trust          include/securetransport/trust/a.hpp   <openssl/x509.h>
public:trust          include/securetransport/trust/a.hpp   "trust/chain.hpp"
public:tls            include/securetransport/tls/a.hpp     <Security/SecBase.h>
capi:CoreFoundation   include/apple/CoreFoundation/a.h      <Security/SecBase.h>
capi:platform         include/apple/MacTypes.h              <CoreFoundation/CFBase.h>
capi:CoreServices     include/apple/CoreServices/a.h        <CommonCrypto/CommonCrypto.h>
capi:Security         include/apple/Security/a.h            <cstdint>
capi:Security         include/apple/Security/a.h            "securetransport/core/code.hpp"
trust                 tests/unit/trust/a_test.cpp           "tls/session.hpp"
core                  tests/unit/core/a_test.cpp            <openssl/ssl.h>
END
offends check_layers.sh 'src/core/a.cpp:2: layer core may not include by a macro' src/core/a.cpp '#include ST_TABLE'
offends check_layers.sh 'src/dtls/a.cpp:1: no layer is called dtls' src/dtls/a.cpp '#include <vector>'
offends check_layers.sh 'src/a.cpp:1: no layer is called a.cpp' src/a.cpp '#include <vector>'

offends check_layers.sh 'src/lab/a.cpp:2: SSL_VERIFY_NONE may not stand here' src/lab/a.cpp 'f(SSL_VERIFY_NONE);'
offends check_layers.sh 'src/tls/a.cpp:2: X509_V_ERR_ may not stand here' src/tls/a.cpp 'case X509_V_ERR_CERT_REVOKED:'
offends check_layers.sh 'src/trust/a.cpp:3: SSL_R_ may not stand here' src/trust/a.cpp '' 'case SSL_R_BAD_LENGTH:'

offends check_layers.sh 'layer trust may not link st_tls' src/trust/CMakeLists.txt 'st_layer(trust LINK st_tls)'
offends check_layers.sh 'layer lab may not link st_ossl' src/lab/CMakeLists.txt '' 'st_layer(lab' '  LINK st_ossl)'
offends check_layers.sh 'layer cli may not link OpenSSL::SSL' src/cli/CMakeLists.txt 'st_layer(cli LINK OpenSSL::SSL)'
offends check_layers.sh 'layer core may not link st_net' tests/unit/core/CMakeLists.txt 'st_test(core_tests LINK st_net)'

# The form of a file.
long=$(printf '%0121d' 0)
many=({1..500})
offends check_files.sh 'src/core/a.hpp:2: more than 120 columns' src/core/a.hpp "$long"
offends check_files.sh 'src/core/a.hpp:4: more than 120 columns' src/core/a.hpp '// clang-format off' '// clang-format on' "$long"
offends check_files.sh 'src/core/a.hpp:501: more than 500 lines' src/core/a.hpp "${many[@]}"
offends check_files.sh 'src/core/a.hpp:2: a tab' src/core/a.hpp $'\tint a;'
offends check_files.sh 'src/core/a.hpp:2: a blank' src/core/a.hpp 'int a; '
offends check_files.sh 'tests/lab/a.cpp:3: an unfinished mark' tests/lab/a.cpp '' '// TO''DO: later'
offends check_files.sh 'docs/a.md:2: a path of one machine' docs/a.md 'See `/ho''me/me/x`.'
offends check_files.sh 'docs/a.md:2: a path that leaves the repository' docs/a.md '[x](../..''/x.md)'
offends check_files.sh '' include/securetransport/core/a.def "$long" "${many[@]}"
offends check_files.sh '' src/core/table.hpp '    // clang-format off' "$long" '    // clang-format on'
offends check_files.sh '' src/core/umlauts.hpp "// $(printf '%.0s§' {1..117})"

clean_tree
printf '%s\nint a;' "$licence" >"$tree/src/core/a.cpp"
expect check_files.sh 'src/core/a.cpp:1: no newline at the end of the file'
printf 'int a;\n' >"$tree/src/core/a.cpp"
expect check_files.sh 'src/core/a.cpp:1: the first line is not the SPDX line'
rm -r -- "${tree:?}/src"
expect check_layers.sh 'src'

((failures == 0)) || exit 1
