// SPDX-License-Identifier: Apache-2.0
// Certificates that a key issues for itself.
#include "securetransport/trust/self_signed.hpp"

#include <openssl/x509v3.h>

#include <array>

#include "securetransport/trust/random.hpp"
#include "trust/error_mark.hpp"
#include "trust/key_impl.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

using ObjectPtr = std::unique_ptr<ASN1_OBJECT, ossl::Deleter<ASN1_OBJECT_free>>;
using BitsPtr = std::unique_ptr<ASN1_BIT_STRING, ossl::Deleter<ASN1_BIT_STRING_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, ossl::Deleter<X509_EXTENSION_free>>;
using ConstraintsPtr = std::unique_ptr<BASIC_CONSTRAINTS, ossl::Deleter<BASIC_CONSTRAINTS_free>>;

constexpr int kCritical = 1;
constexpr int kNotCritical = 0;

bool add_name(X509_NAME& name, const SelfSignedSpec& spec) {
  for (const std::vector<NameAttribute>& rdn : spec.subject) {
    int joins = 0;  // 0 begins an RDN, -1 joins the last one.
    for (const NameAttribute& attribute : rdn) {
      if (attribute.value.empty()) continue;
      const auto* const text = reinterpret_cast<const unsigned char*>(attribute.value.data());
      if (X509_NAME_add_entry_by_txt(&name, attribute.type.c_str(), MBSTRING_UTF8, text,
                                     static_cast<int>(attribute.value.size()), -1, joins) != 1) {
        return false;
      }
      joins = -1;
    }
  }
  return true;
}

/// RFC 5280 section 4.1.2.2: a positive number of at most twenty bytes.
bool set_serial(X509& x509) {
  std::array<std::uint8_t, 16> bytes{};
  if (!fill_with_random(bytes)) return false;
  bytes.front() = static_cast<std::uint8_t>((bytes.front() & 0x7FU) | 0x40U);
  const trust::BnPtr number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&x509)) != nullptr;
}

bool add_alternative_name(GENERAL_NAMES& names, AlternativeName kind, const std::string& text) {
  std::unique_ptr<GENERAL_NAME, ossl::Deleter<GENERAL_NAME_free>> owned(GENERAL_NAME_new());
  if (!owned) return false;
  if (kind == AlternativeName::IpAddress) {
    ossl::OctetStringPtr address(a2i_IPADDRESS(text.c_str()));
    if (!address) return false;
    GENERAL_NAME_set0_value(owned.get(), GEN_IPADD, address.release());
  } else {
    // RFC 5280 section 4.2.1.6: these are IA5String.
    for (const char c : text) {
      if (static_cast<unsigned char>(c) > 0x7F) return false;
    }
    std::unique_ptr<ASN1_IA5STRING, ossl::Deleter<ASN1_IA5STRING_free>> value(ASN1_IA5STRING_new());
    if (!value || ASN1_STRING_set(value.get(), text.data(), static_cast<int>(text.size())) != 1) return false;
    const int type = kind == AlternativeName::Dns ? GEN_DNS : kind == AlternativeName::Email ? GEN_EMAIL : GEN_URI;
    GENERAL_NAME_set0_value(owned.get(), type, value.release());
  }
  if (sk_GENERAL_NAME_push(&names, owned.get()) == 0) return false;
  static_cast<void>(owned.release());
  return true;
}

bool add_alternative_names(X509& x509, const SelfSignedSpec& spec) {
  if (spec.alternative_names.empty()) return true;
  const ossl::GeneralNamesPtr names(sk_GENERAL_NAME_new_null());
  for (const auto& [kind, text] : spec.alternative_names) {
    if (!names || !add_alternative_name(*names, kind, text)) return false;
  }
  return X509_add1_ext_i2d(&x509, NID_subject_alt_name, names.get(), kNotCritical, X509V3_ADD_DEFAULT) == 1;
}

bool add_key_usage(X509& x509, const SelfSignedSpec& spec) {
  constexpr int kKnownBits = 9;
  const BitsPtr bits(ASN1_BIT_STRING_new());
  bool is_empty = true;
  for (int i = 0; i < kKnownBits; ++i) {
    if ((spec.key_usage >> i & 1U) == 0) continue;
    is_empty = false;
    if (!bits || ASN1_BIT_STRING_set_bit(bits.get(), i, 1) != 1) return false;
  }
  const int critical = spec.is_key_usage_critical ? kCritical : kNotCritical;
  return is_empty || X509_add1_ext_i2d(&x509, NID_key_usage, bits.get(), critical, X509V3_ADD_DEFAULT) == 1;
}

bool add_basic_constraints(X509& x509, const SelfSignedSpec& spec) {
  if (!spec.is_authority) return true;
  const ConstraintsPtr constraints(BASIC_CONSTRAINTS_new());
  if (!constraints) return false;
  constraints->ca = 0xFF;
  if (spec.path_length) {
    constraints->pathlen = ASN1_INTEGER_new();
    if (ASN1_INTEGER_set_uint64(constraints->pathlen, *spec.path_length) != 1) return false;
  }
  return X509_add1_ext_i2d(&x509, NID_basic_constraints, constraints.get(), kCritical, X509V3_ADD_DEFAULT) == 1;
}

/// RFC 5280 section 4.2.1.2: what those below an authority name it by.
bool add_key_identifier(X509& x509, const PrivateKey& key) {
  const KeyIdentifier identifier = key.identifier();
  const ossl::OctetStringPtr octets(ASN1_OCTET_STRING_new());
  return octets && ASN1_OCTET_STRING_set(octets.get(), identifier.data(), static_cast<int>(identifier.size())) == 1 &&
         X509_add1_ext_i2d(&x509, NID_subject_key_identifier, octets.get(), kNotCritical, X509V3_ADD_DEFAULT) == 1;
}

bool add_further_extensions(X509& x509, const SelfSignedSpec& spec) {
  for (const auto& [oid, der] : spec.extensions) {
    constexpr int kDottedOnly = 1;
    const ObjectPtr object(OBJ_txt2obj(oid.c_str(), kDottedOnly));
    const ossl::OctetStringPtr value(ASN1_OCTET_STRING_new());
    if (!object || !value || X509_get_ext_by_OBJ(&x509, object.get(), -1) >= 0 ||
        ASN1_OCTET_STRING_set(value.get(), der.data(), static_cast<int>(der.size())) != 1) {
      return false;
    }
    const ExtensionPtr extension(X509_EXTENSION_create_by_OBJ(nullptr, object.get(), kNotCritical, value.get()));
    if (!extension || X509_add_ext(&x509, extension.get(), -1) != 1) return false;
  }
  return true;
}

bool set_dates(X509& x509, const SelfSignedSpec& spec) {
  return ASN1_TIME_set(X509_getm_notBefore(&x509), spec.not_before.time_since_epoch().count()) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(&x509), spec.not_after.time_since_epoch().count()) != nullptr;
}

}  // namespace

Result<Certificate> make_self_signed(const SelfSignedSpec& spec, const PrivateKey& key) {
  const trust::ErrorMark mark;
  const ossl::X509Ptr x509(X509_new());
  if (!x509) return Error{ResultCode::Internal, "the engine cannot make a certificate"};
  X509_NAME* const name = X509_get_subject_name(x509.get());
  if (!add_name(*name, spec)) return trust::wrong_use("the subject cannot be encoded");
  if (!add_alternative_names(*x509, spec)) return trust::wrong_use("an alternative name cannot be encoded");
  EVP_PKEY* const engine_key = key.impl().key.get();
  const bool is_filled = X509_set_version(x509.get(), X509_VERSION_3) == 1 && set_serial(*x509) &&
                         X509_set_issuer_name(x509.get(), name) == 1 && set_dates(*x509, spec) &&
                         X509_set_pubkey(x509.get(), engine_key) == 1 && add_basic_constraints(*x509, spec) &&
                         add_key_usage(*x509, spec) && add_key_identifier(*x509, key);
  if (!is_filled) return trust::wrong_use("the certificate cannot be encoded");
  if (!add_further_extensions(*x509, spec)) return trust::wrong_use("an extension cannot be added");
  const bool has_hash_of_its_own = EVP_PKEY_is_a(engine_key, "ED25519") == 1 || EVP_PKEY_is_a(engine_key, "ED448") == 1;
  if (X509_sign(x509.get(), engine_key, has_hash_of_its_own ? nullptr : EVP_sha256()) <= 0) {
    return trust::wrong_use("the key signs no certificates");
  }
  return trust::share(*x509);
}

}  // namespace securetransport
