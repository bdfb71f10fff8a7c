// SPDX-License-Identifier: Apache-2.0
// Keys and identities as objects.
#include "apple/key_objects.hpp"

#include <cstring>
#include <utility>

namespace {

/// The beginning of a hash is as good as the whole.
CFHashCode hash_from(const securetransport::KeyIdentifier& identifier) noexcept {
  CFHashCode code = 0;
  std::memcpy(&code, identifier.data(), sizeof code);
  return code;
}

const char* name_of(securetransport::KeyType type) noexcept {
  switch (type) {
    case securetransport::KeyType::Rsa: return "RSA";
    case securetransport::KeyType::Ec: return "EC";
    case securetransport::KeyType::Other: return "other";
  }
  return "";
}

}  // namespace

__SecKey::__SecKey(securetransport::PublicKey value) : Object(type_id()), key(std::move(value)) {}
__SecKey::__SecKey(securetransport::PrivateKey value) : Object(type_id()), key(std::move(value)) {}

CFTypeID __SecKey::type_id() {
  static const CFTypeID kType = securetransport::cf::register_type("SecKey");
  return kType;
}

bool __SecKey::equals(const Object& other) const { return key == static_cast<const __SecKey&>(other).key; }

CFHashCode __SecKey::hash() const {
  return std::visit([](const auto& value) { return hash_from(value.identifier()); }, key);
}

std::string __SecKey::describe() const {
  const auto key_text = std::visit(
      [](const auto& value) { return std::string(name_of(value.type())) + " " + std::to_string(value.bits()); }, key);
  return std::string(private_key() != nullptr ? "<SecKey private " : "<SecKey public ") + key_text + ">";
}

securetransport::PublicKey __SecKey::public_key() const {
  if (const auto* const secret = private_key()) return secret->public_key();
  return std::get<securetransport::PublicKey>(key);
}

__SecIdentity::__SecIdentity(securetransport::Identity value) : Object(type_id()), identity(std::move(value)) {}

CFTypeID __SecIdentity::type_id() {
  static const CFTypeID kType = securetransport::cf::register_type("SecIdentity");
  return kType;
}

// A key belongs to the certificate by construction, so the certificate tells the key.
bool __SecIdentity::equals(const Object& other) const {
  return leaf() == static_cast<const __SecIdentity&>(other).leaf();
}

CFHashCode __SecIdentity::hash() const { return hash_from(securetransport::PrivateKey::of(identity).identifier()); }

std::string __SecIdentity::describe() const { return "<SecIdentity " + leaf().subject() + ">"; }

namespace securetransport::apple {

cf::CFRef<SecKeyRef> make_key(PublicKey key) { return cf::CFRef<SecKeyRef>::adopt(new __SecKey(std::move(key))); }
cf::CFRef<SecKeyRef> make_key(PrivateKey key) { return cf::CFRef<SecKeyRef>::adopt(new __SecKey(std::move(key))); }

cf::CFRef<SecIdentityRef> make_identity(Identity identity) {
  return cf::CFRef<SecIdentityRef>::adopt(new __SecIdentity(std::move(identity)));
}

}  // namespace securetransport::apple
