// SPDX-License-Identifier: Apache-2.0
// What to change about the certificates that a server sends: which are missing, which too many, and their order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "securetransport/trust/evaluate.hpp"

namespace securetransport {

/// What a certificate of a chain is good for.
enum class ChainRole : std::uint8_t {
  Path,         ///< On the path that was judged; the leaf is always.
  Alternative,  ///< Not on it, but issued one that is: of use to clients with other roots.
  Duplicate,    ///< The same certificate came before.
  Surplus,      ///< On no way upwards from the leaf: of use to nobody.
  Root,         ///< On the path and self-issued: every client that trusts it has it (RFC 8446 section 4.4.2).
};

/// The issuer that is neither there nor trusted.
struct MissingIssuer {
  std::string subject;  ///< Its name, RFC 2253 form.
  std::string key_id;   ///< Its key identifier, upper-case hex, if the certificate below tells it; else empty.
  std::string url;      ///< Where its authority offers it (RFC 5280 section 4.2.2.1); empty if it does not say.
};

struct ChainAdvice {
  std::vector<ChainRole> roles;            ///< One for each certificate as sent.
  bool is_ordered = true;                  ///< Each issuer stands directly behind what it issued.
  std::vector<Certificate> to_send;        ///< The right chain: leaf first, no root.
  std::vector<Certificate> to_add;         ///< Those of `to_send` that were not sent.
  std::optional<MissingIssuer> missing;    ///< Only if the path did not reach an anchor.
  std::optional<std::size_t> better_leaf;  ///< Sent certificate for which the first one is an issuer.

  [[nodiscard]] bool has(ChainRole role) const noexcept;
  /// Nothing to change. A root that is sent as well only costs bytes.
  [[nodiscard]] bool is_fine() const noexcept;
};

/// Compares what was sent with the path that was found. Pure; no answer (empty) for more than 64 certificates, which
/// evaluate() refuses anyway.
///
/// @param result  Of evaluate() for this very chain; if it was given further intermediates and used them, they are
///                what is to be added.
[[nodiscard]] ChainAdvice advise_on_chain(std::span<const Certificate> sent, const TrustResult& result);

}  // namespace securetransport
