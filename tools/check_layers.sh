#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Checks that every #include and every linked library respects the layers; docs/architecture.md explains them.
# Usage: check_layers.sh [ROOT]. One line an offence, as file:line: ...; status 1 if there is any.
set -euo pipefail

tools=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd -- "${1:-$tools/..}"

# Who may include what. On the left src/NAME, "public:NAME" for include/securetransport/NAME, "capi:NAME" for
# include/apple/NAME, "capi:platform" for the headers beside its folders. On the right kinds of header, where a plain
# layer stands for its public and its own headers. Each may include itself. A file of tests/unit/NAME may include what
# NAME may, and the test tools.
export RULES='
core                  std
ossl                  std posix openssl core
trust                 std posix openssl idn fmt core ossl
tls                   std posix openssl idn fmt core ossl trust
cf                    std posix capi:CoreFoundation capi:platform
commoncrypto          std posix openssl ossl capi:CommonCrypto
apple                 std posix fmt core trust tls cf capi:CoreFoundation capi:Security capi:platform
net                   std posix socket asio ares idn fmt core
lab                   std posix socket openssl asio fmt json core net
cli                   std posix fmt json idn cli11 public:core public:trust public:tls net lab
public:core           std
public:trust          std public:core
public:tls            std public:core public:trust
capi:platform         c
capi:CoreFoundation   c capi:platform
capi:CommonCrypto     c
capi:CoreServices     c capi:platform capi:CoreFoundation capi:Security
capi:CommonCrypto     c
capi:Security         c posix capi:platform capi:CoreFoundation
capi:sys              c
'
export TEST_TOOLS='std posix socket fmt json gtest support'

# Words of other vocabularies, the files of src where they may stand, and why nowhere else.
export WORDS='
SSL_VERIFY_NONE  ^$                   OpenSSL always runs SSL_VERIFY_PEER; "no verification" is a policy of ours
X509_V_ERR_      ^src/(trust|ossl)/   src/trust translates the errors of the path validation
SSL_R_           ^src/ossl/           src/ossl translates the reasons of OpenSSL
'

offences=$(
  find src include tests/unit -type f \( -name '*.[ch]' -o -name '*.[chit]pp' -o -name '*.def' -o -name '*.inc' \
    -o -name CMakeLists.txt \) -print0 | sort -z | LC_ALL=C xargs -0 -r awk -f "$tools/check_layers.awk"
)
if [[ -n $offences ]]; then
  printf '%s\n' "$offences"
  exit 1
fi
