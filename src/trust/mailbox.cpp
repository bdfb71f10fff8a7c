// SPDX-License-Identifier: Apache-2.0
#include "securetransport/trust/mailbox.hpp"

#include <openssl/x509v3.h>

#include <algorithm>

#include "trust/x509.hpp"

namespace securetransport {
namespace {

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool is_same_mailbox(std::string_view a, std::string_view b) {
  const std::size_t at = a.rfind('@');
  if (at == std::string_view::npos || a.size() != b.size() || a.substr(0, at + 1) != b.substr(0, at + 1)) return false;
  return std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

bool is_for_mailbox(const Certificate& certificate, std::string_view address) {
  const GENERAL_NAMES* const names = certificate.impl().alternative_names();
  for (int at = 0; at < sk_GENERAL_NAME_num(names); ++at) {
    const GENERAL_NAME& name = *sk_GENERAL_NAME_value(names, at);
    if (name.type == GEN_EMAIL && is_same_mailbox(trust::bytes_of(*name.d.rfc822Name), address)) return true;
  }
  return false;
}

}  // namespace securetransport
