// SPDX-License-Identifier: Apache-2.0
// Files of any form: PEM, DER, PKCS#7, PKCS#12, keys. The first byte decides whether there is a passphrase.
#include <optional>
#include <string_view>

#include "securetransport/trust/import.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace securetransport;
  if (size == 0) return 0;
  ImportRequest request{{data + 1, size - 1}};
  if ((data[0] & 1U) != 0) request.passphrase = "secret";
  request.wants_keys = (data[0] & 2U) == 0;
  const ImportResult result = import_items(request);
  if (!result) {
    if (result.error->detail.empty()) __builtin_trap();
    return 0;
  }
  for (const PrivateKey& key : result.items.keys) static_cast<void>(key.der().size() + key.bits());
  for (const ImportedIdentity& found : result.items.identities) {
    if (!(found.identity.chain().front() == result.items.certificates.at(found.certificate))) __builtin_trap();
  }
  return 0;
}
