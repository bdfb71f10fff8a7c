// SPDX-License-Identifier: Apache-2.0
// The objects behind SecKeyRef and SecIdentityRef. They hold C++ values, and decide nothing.
#pragma once

#include <CoreFoundation/CFBase.h>
#include <Security/SecBase.h>

#include <optional>
#include <string>
#include <variant>

#include "cf/object.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/key.hpp"

/// A public or a private key; immutable.
struct __SecKey final : securetransport::cf::Object {
 public:
  explicit __SecKey(securetransport::PublicKey value);
  explicit __SecKey(securetransport::PrivateKey value);
  static CFTypeID type_id();

  bool equals(const Object& other) const override;
  CFHashCode hash() const override;
  std::string describe() const override;

  /// The private key, or null if it is a public one.
  [[nodiscard]] const securetransport::PrivateKey* private_key() const noexcept {
    return std::get_if<securetransport::PrivateKey>(&key);
  }
  /// The key itself, or the public half of a private one.
  [[nodiscard]] securetransport::PublicKey public_key() const;

  const std::variant<securetransport::PublicKey, securetransport::PrivateKey> key;
};

/// A certificate with its key, and the certificates that are sent with it; immutable.
struct __SecIdentity final : securetransport::cf::Object {
 public:
  explicit __SecIdentity(securetransport::Identity value);
  static CFTypeID type_id();

  bool equals(const Object& other) const override;  ///< The same certificate and the same key.
  CFHashCode hash() const override;
  std::string describe() const override;

  [[nodiscard]] const securetransport::Certificate& leaf() const noexcept { return identity.chain().front(); }

  const securetransport::Identity identity;
};

namespace securetransport::apple {

[[nodiscard]] cf::CFRef<SecKeyRef> make_key(PublicKey key);
[[nodiscard]] cf::CFRef<SecKeyRef> make_key(PrivateKey key);
[[nodiscard]] cf::CFRef<SecIdentityRef> make_identity(Identity identity);

}  // namespace securetransport::apple
