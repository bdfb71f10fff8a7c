// SPDX-License-Identifier: Apache-2.0
// Extensions: the ones of RFC 5280 from a spec's fields, any other in OpenSSL's notation.
#include "lab/x509_extensions.hpp"

#include <openssl/conf.h>
#include <openssl/err.h>

#include <array>
#include <string_view>
#include <utility>

namespace securetransport::lab {
namespace {

bool is_rsa(X509& certificate) { return EVP_PKEY_get_base_id(X509_get0_pubkey(&certificate)) == EVP_PKEY_RSA; }

std::string key_usage(X509& certificate, const CertificateSpec& spec) {
  if (spec.is_ca) return "critical,keyCertSign,cRLSign";
  // TLS 1.2 and below encrypt to an RSA key in the plain RSA key exchange (RFC 5246 section 7.4.2).
  return is_rsa(certificate) ? "critical,digitalSignature,keyEncipherment" : "critical,digitalSignature";
}

std::string_view name_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::ServerAuth: return "serverAuth";
    case Purpose::ClientAuth: return "clientAuth";
    case Purpose::OcspSigning: return "OCSPSigning";
    case Purpose::CodeSigning: return "codeSigning";
    case Purpose::Any: return "anyExtendedKeyUsage";
  }
  return "";
}

std::string extended_key_usage(const CertificateSpec& spec) {
  std::string list;
  for (const Purpose purpose : spec.purposes) list.append(list.empty() ? "" : ",").append(name_of(purpose));
  return list;
}

bool add_name(GENERAL_NAMES& names, int type, AsnString value) {
  AltName name(GENERAL_NAME_new());
  if (name == nullptr || value == nullptr) return false;
  GENERAL_NAME_set0_value(name.get(), type, value.release());
  if (sk_GENERAL_NAME_push(&names, name.get()) == 0) return false;
  (void)name.release();  // The list has it now.
  return true;
}

/// Built entry by entry and not from OpenSSL's notation, which would give a meaning to a comma in a hostile name.
Result<void> add_alt_names(X509& certificate, const CertificateSpec& spec) {
  if (spec.dns_names.empty() && spec.ip_addresses.empty()) return {};
  const AltNames names(GENERAL_NAMES_new());
  if (names == nullptr) return openssl_error("subjectAltName");
  for (const std::string& dns_name : spec.dns_names) {
    AsnString text(ASN1_IA5STRING_new());
    if (text == nullptr || ASN1_STRING_set(text.get(), dns_name.data(), static_cast<int>(dns_name.size())) == 0 ||
        !add_name(*names, GEN_DNS, std::move(text))) {
      return openssl_error("subjectAltName " + dns_name);
    }
  }
  for (const std::string& address : spec.ip_addresses) {
    if (!add_name(*names, GEN_IPADD, AsnString(a2i_IPADDRESS(address.c_str())))) {
      return openssl_error("'" + address + "' is not an IP address");
    }
  }
  // RFC 5280 section 4.2.1.6: "If the subject field contains an empty sequence, then the issuing CA MUST include a
  // subjectAltName extension that is marked as critical."
  const int is_critical = spec.common_name.empty() ? 1 : 0;
  if (X509_add1_ext_i2d(&certificate, NID_subject_alt_name, names.get(), is_critical, X509V3_ADD_APPEND) != 1) {
    return openssl_error("subjectAltName");
  }
  return {};
}

Result<void> add(X509& certificate, X509& issuer, const std::string& name, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  X509V3_set_ctx_nodb(&context);
  const Extension extension(X509V3_EXT_nconf(nullptr, &context, name.c_str(), value.c_str()));
  if (extension == nullptr || X509_add_ext(&certificate, extension.get(), -1) != 1) {
    return openssl_error("extension " + name + " = " + value);
  }
  return {};
}

std::vector<ExtraExtension> usual_extensions(X509& certificate, const CertificateSpec& spec, bool is_self_signed) {
  std::vector<ExtraExtension> list;
  if (!spec.omit_basic_constraints) {
    std::string value = spec.is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE";
    if (spec.path_length) value += ",pathlen:" + std::to_string(*spec.path_length);
    list.push_back({"basicConstraints", std::move(value)});
  }
  if (!spec.omit_key_usage) list.push_back({"keyUsage", key_usage(certificate, spec)});
  if (!spec.is_ca && !spec.purposes.empty()) list.push_back({"extendedKeyUsage", extended_key_usage(spec)});
  if (!spec.omit_key_identifiers) {
    list.push_back({"subjectKeyIdentifier", "hash"});
    // RFC 5280 section 4.2.1.1 lets a self-signed certificate do without.
    if (!is_self_signed) list.push_back({"authorityKeyIdentifier", "keyid"});
  }
  return list;
}

}  // namespace

Error openssl_error(const std::string& what) {
  std::array<char, 256> text{};
  const unsigned long code = ERR_peek_last_error();
  if (code != 0) ERR_error_string_n(code, text.data(), text.size());
  ERR_clear_error();
  return {ResultCode::ConfigurationFailed, code != 0 ? what + ": " + text.data() : what};
}

Result<void> add_extensions(X509& certificate, X509& issuer, const CertificateSpec& spec) {
  if (Result<void> done = add_alt_names(certificate, spec); !done) return done;
  for (const ExtraExtension& each : usual_extensions(certificate, spec, &certificate == &issuer)) {
    if (Result<void> done = add(certificate, issuer, each.name, each.value); !done) return done;
  }
  for (const ExtraExtension& each : spec.extra_extensions) {
    if (Result<void> done = add(certificate, issuer, each.name, each.value); !done) return done;
  }
  return {};
}

}  // namespace securetransport::lab
