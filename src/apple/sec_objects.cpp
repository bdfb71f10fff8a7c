// SPDX-License-Identifier: Apache-2.0
// Certificates and policies as objects, and arrays of them from and to C.
#include "apple/sec_objects.hpp"

#include <Security/SecPolicy.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "cf/describe.hpp"
#include "securetransport/trust/certificate_fields.hpp"

using securetransport::Certificate;
using securetransport::PeerRole;
using securetransport::PolicyTerms;
using securetransport::cf::CFRef;
using securetransport::cf::Object;

namespace {

CFStringRef identifier_of(PolicyTerms::Kind kind) {
  switch (kind) {
    case PolicyTerms::Kind::BasicX509: return kSecPolicyAppleX509Basic;
    case PolicyTerms::Kind::Tls: return kSecPolicyAppleSSL;
    case PolicyTerms::Kind::Revocation: return kSecPolicyAppleRevocation;
  }
  return kSecPolicyAppleX509Basic;
}

/// One T, or an array of nothing but T.
template <class T, class Ref>
std::optional<std::vector<CFRef<Ref>>> objects_in(CFTypeRef one_or_array) {
  std::vector<CFRef<Ref>> objects;
  const auto add = [&](CFTypeRef value) {
    T* const object = securetransport::cf::checked<T>(value);
    if (object != nullptr) objects.push_back(CFRef<Ref>::retain(object));
    return object != nullptr;
  };
  if (one_or_array == nullptr) return std::nullopt;
  if (CFGetTypeID(one_or_array) != CFArrayGetTypeID()) return add(one_or_array) ? std::optional(objects) : std::nullopt;
  const auto values = securetransport::cf::values_of(static_cast<CFArrayRef>(one_or_array));
  return std::all_of(values.begin(), values.end(), add) ? std::optional(objects) : std::nullopt;
}

}  // namespace

__SecCertificate::__SecCertificate(Certificate value, std::optional<securetransport::PrivateKey> key_beside_it)
    : Object(type_id()), certificate(std::move(value)), der(certificate.der()), key(std::move(key_beside_it)) {}

CFTypeID __SecCertificate::type_id() {
  static const CFTypeID id = securetransport::cf::register_type("SecCertificate");
  return id;
}

bool __SecCertificate::equals(const Object& other) const {
  return der == static_cast<const __SecCertificate&>(other).der;
}

CFHashCode __SecCertificate::hash() const {
  return std::hash<std::string_view>()({reinterpret_cast<const char*>(der.data()), der.size()});
}

std::string __SecCertificate::describe() const {
  return securetransport::cf::address_text(*this) + " s: " + certificate.subject() + " i: " + certificate.issuer();
}

__SecPolicy::__SecPolicy(PolicyTerms value, CFOptionFlags revocation)
    : Object(type_id()), terms(std::move(value)), revocation_flags(revocation), identifier(identifier_of(terms.kind)) {}

CFTypeID __SecPolicy::type_id() {
  static const CFTypeID id = securetransport::cf::register_type("SecPolicy");
  return id;
}

bool __SecPolicy::equals(const Object& other) const {
  const auto& policy = static_cast<const __SecPolicy&>(other);
  return terms == policy.terms && revocation_flags == policy.revocation_flags && identifier == policy.identifier;
}

CFHashCode __SecPolicy::hash() const {
  return std::hash<std::string>()(terms.peer_name) + static_cast<CFHashCode>(terms.kind);
}

std::string __SecPolicy::describe() const {
  std::string text = securetransport::cf::address_text(*this) + " " + securetransport::cf::string_of(identifier);
  if (terms.kind == PolicyTerms::Kind::Tls) text += terms.peer_role == PeerRole::Server ? " server" : " client";
  if (!terms.peer_name.empty()) text += " " + terms.peer_name;
  return text;
}

namespace securetransport::apple {

CFRef<SecCertificateRef> make_certificate(Certificate certificate) {
  return CFRef<SecCertificateRef>::adopt(new __SecCertificate(std::move(certificate)));
}

CFRef<CFArrayRef> make_certificate_array(std::span<const Certificate> certificates) {
  __SecTrust::Certificates objects;
  for (const Certificate& certificate : certificates) objects.push_back(make_certificate(certificate));
  return array_of(objects);
}

CFRef<CFArrayRef> array_of(const __SecTrust::Certificates& certificates) {
  std::vector<CFTypeRef> values;
  for (const auto& certificate : certificates) values.push_back(certificate.get());
  return cf::make_array(values);
}

std::optional<__SecTrust::Certificates> certificates_in(CFTypeRef one_or_array) {
  return objects_in<__SecCertificate, SecCertificateRef>(one_or_array);
}

std::optional<__SecTrust::Policies> policies_in(CFTypeRef one_or_array) {
  return objects_in<__SecPolicy, SecPolicyRef>(one_or_array);
}

}  // namespace securetransport::apple
