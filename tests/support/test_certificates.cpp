// SPDX-License-Identifier: Apache-2.0
// Makes certificates for tests at run time: every field may be wrong on purpose.
#include "support/test_certificates.hpp"

#include <arpa/inet.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <utility>

namespace securetransport::test {
namespace {

/// A test that cannot make its certificates has nothing to say.
void demand(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "test certificates: %s failed\n", what);
  std::abort();
}

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
using X509Ptr = std::unique_ptr<X509, Deleter<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Deleter<BIO_free>>;

Key generate(const char* type, const char* group, bool is_explicit = false) {
  const std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>> context(
      EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  demand(context != nullptr && EVP_PKEY_keygen_init(context.get()) == 1, "keygen init");
  if (group != nullptr) demand(EVP_PKEY_CTX_set_group_name(context.get(), group) == 1, "group");
  if (is_explicit) demand(EVP_PKEY_CTX_set_ec_param_enc(context.get(), OPENSSL_EC_EXPLICIT_CURVE) == 1, "explicit");
  EVP_PKEY* key = nullptr;
  demand(EVP_PKEY_generate(context.get(), &key) == 1, "key generation");
  return {key, EVP_PKEY_free};
}

Key pooled_rsa(unsigned bits) {
  static std::mutex mutex;
  static std::map<unsigned, std::pair<std::vector<Key>, std::size_t>> pools;
  const std::lock_guard lock(mutex);
  auto& [keys, next] = pools[bits];
  constexpr std::size_t kPoolSize = 2;
  if (keys.size() < kPoolSize) keys.emplace_back(EVP_RSA_gen(bits), EVP_PKEY_free);
  return keys.at(next++ % keys.size());
}

void add_extension(X509& certificate, X509& issuer, int nid, const std::string& value) {
  if (value.empty()) return;
  X509V3_CTX context;
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  demand(extension && X509_add_ext(&certificate, extension.get(), -1) == 1, value.c_str());
}

void add_raw_extension(X509& certificate, const RawExtension& raw) {
  const std::unique_ptr<ASN1_OBJECT, Deleter<ASN1_OBJECT_free>> oid(OBJ_txt2obj(raw.oid.c_str(), 1));
  const std::unique_ptr<ASN1_OCTET_STRING, Deleter<ASN1_OCTET_STRING_free>> value(ASN1_OCTET_STRING_new());
  ASN1_OCTET_STRING_set(value.get(), raw.der.data(), static_cast<int>(raw.der.size()));
  const std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>> extension(
      X509_EXTENSION_create_by_OBJ(nullptr, oid.get(), raw.is_critical ? 1 : 0, value.get()));
  demand(extension && X509_add_ext(&certificate, extension.get(), -1) == 1, "raw extension");
}

GENERAL_NAME* general_name(std::string_view text) {
  const std::string value(text.substr(text.find(':') + 1));
  GENERAL_NAME* const name = GENERAL_NAME_new();
  if (text.starts_with("DNS:")) {
    ASN1_IA5STRING* const string = ASN1_IA5STRING_new();
    ASN1_STRING_set(string, value.data(), static_cast<int>(value.size()));
    GENERAL_NAME_set0_value(name, GEN_DNS, string);
    return name;
  }
  std::array<unsigned char, 16> address{};
  std::string bytes = value;
  if (text.starts_with("IP:")) {
    const bool is_v6 = value.find(':') != std::string::npos;
    demand(inet_pton(is_v6 ? AF_INET6 : AF_INET, value.c_str(), address.data()) == 1, "address");
    bytes.assign(reinterpret_cast<const char*>(address.data()), is_v6 ? 16 : 4);
  }
  ASN1_OCTET_STRING* const string = ASN1_OCTET_STRING_new();
  ASN1_STRING_set(string, bytes.data(), static_cast<int>(bytes.size()));
  GENERAL_NAME_set0_value(name, GEN_IPADD, string);
  return name;
}

void add_names(X509& certificate, const std::vector<std::string>& names) {
  if (names.empty()) return;
  const std::unique_ptr<GENERAL_NAMES, Deleter<GENERAL_NAMES_free>> stack(GENERAL_NAMES_new());
  for (const std::string& name : names) sk_GENERAL_NAME_push(stack.get(), general_name(name));
  demand(X509_add1_ext_i2d(&certificate, NID_subject_alt_name, stack.get(), 0, 0) == 1, "names");
}

void set_name(X509_NAME& name, const std::string& common_name) {
  if (common_name.empty()) return;
  demand(
      X509_NAME_add_entry_by_txt(&name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(common_name.data()),
                                 static_cast<int>(common_name.size()), -1, 0) == 1,
      "subject");
}

void set_subject(X509& certificate, const CertificateSpec& spec) {
  if (spec.subject_der.empty()) return set_name(*X509_get_subject_name(&certificate), spec.subject);
  const unsigned char* at = spec.subject_der.data();
  const std::unique_ptr<X509_NAME, Deleter<X509_NAME_free>> name(
      d2i_X509_NAME(nullptr, &at, static_cast<long>(spec.subject_der.size())));
  demand(name && X509_set_subject_name(&certificate, name.get()) == 1, "subject in DER");
}

void set_serial(X509& certificate, const CertificateSpec& spec) {
  std::vector<std::uint8_t> serial = spec.serial;
  if (serial.empty()) {
    serial.resize(8);
    RAND_bytes(serial.data(), static_cast<int>(serial.size()));
    serial.front() = static_cast<unsigned char>((serial.front() & 0x3FU) | 0x40U);
  }
  const std::unique_ptr<BIGNUM, Deleter<BN_free>> number(
      BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
  BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate));
}

void set_dates(X509& certificate, const CertificateSpec& spec) {
  ASN1_TIME_set(X509_getm_notBefore(&certificate), spec.not_before.time_since_epoch().count());
  ASN1_TIME* const end = X509_getm_notAfter(&certificate);
  ASN1_TIME_set(end, spec.not_after.time_since_epoch().count());
  if (spec.not_after_text.empty()) return;
  ASN1_STRING_set(end, spec.not_after_text.data(), static_cast<int>(spec.not_after_text.size()));
  end->type = V_ASN1_GENERALIZEDTIME;
}

void make_key_unreadable(X509& certificate) {
  const std::unique_ptr<ASN1_OBJECT, Deleter<ASN1_OBJECT_free>> unknown(OBJ_txt2obj("1.3.6.1.4.1.55555.1", 1));
  auto* const bytes = static_cast<unsigned char*>(OPENSSL_zalloc(16));
  demand(X509_PUBKEY_set0_param(X509_get_X509_PUBKEY(&certificate), OBJ_dup(unknown.get()), V_ASN1_NULL, nullptr, bytes,
                                16) == 1,
         "unreadable key");
}

void add_extensions(X509& certificate, X509& issuer, const CertificateSpec& spec) {
  const std::string length = spec.path_length ? ",pathlen:" + std::to_string(*spec.path_length) : "";
  if (spec.is_ca) add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE" + length);
  if (!spec.is_ca && spec.has_basic_constraints) {
    add_extension(certificate, issuer, NID_basic_constraints, "CA:FALSE" + length);
  }
  add_extension(certificate, issuer, NID_key_usage, spec.key_usage);
  add_extension(certificate, issuer, NID_ext_key_usage, spec.extended_key_usage);
  add_extension(certificate, issuer, NID_name_constraints, spec.name_constraints);
  add_names(certificate, spec.names);
  if (spec.identifiers == KeyIdentifiers::Present) {
    add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
    // OpenSSL makes an empty one for a certificate that is its own issuer.
    if (&certificate != &issuer) add_extension(certificate, issuer, NID_authority_key_identifier, "keyid");
  }
  for (const RawExtension& raw : spec.extensions) add_raw_extension(certificate, raw);
}

void sign(X509& certificate, const Key& key, const char* digest) {
  const int type = EVP_PKEY_get_base_id(key.get());
  const bool has_own_digest = type == EVP_PKEY_ED25519 || type == EVP_PKEY_ED448;
  demand(X509_sign(&certificate, key.get(), has_own_digest ? nullptr : EVP_get_digestbyname(digest)) > 0, "signing");
}

void corrupt_signature(X509& certificate) {
  const ASN1_BIT_STRING* bits = nullptr;
  X509_get0_signature(&bits, nullptr, &certificate);
  const_cast<unsigned char*>(ASN1_STRING_get0_data(bits))[ASN1_STRING_length(bits) - 1] ^= 1U;
}

std::vector<std::uint8_t> encode(const X509& certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(&certificate, &bytes);
  demand(size > 0, "encoding");
  std::vector<std::uint8_t> der(bytes, bytes + size);
  OPENSSL_free(bytes);
  return der;
}

X509Ptr decode(const std::vector<std::uint8_t>& der) {
  const unsigned char* at = der.data();
  return X509Ptr(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

TestCertificate make(const CertificateSpec& spec, const Key& key, const TestCertificate* issuer) {
  const X509Ptr certificate(X509_new());
  const X509Ptr issuer_x509 = issuer == nullptr ? nullptr : decode(issuer->der);
  X509& issuer_ref = issuer == nullptr ? *certificate : *issuer_x509;
  X509_set_version(certificate.get(), spec.version);
  set_serial(*certificate, spec);
  set_subject(*certificate, spec);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(&issuer_ref));
  set_dates(*certificate, spec);
  X509_set_pubkey(certificate.get(), key.get());
  add_extensions(*certificate, issuer_ref, spec);
  if (spec.key == KeyKind::Unreadable) make_key_unreadable(*certificate);
  sign(*certificate, issuer == nullptr ? key : issuer->key, spec.digest);
  if (spec.signature == Signature::Corrupt) corrupt_signature(*certificate);
  return {encode(*certificate), key};
}

std::string text_of(BIO& memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(&memory, &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

Key make_key(KeyKind kind) {
  switch (kind) {
    case KeyKind::EcP384: return generate("EC", "P-384");
    case KeyKind::EcP521: return generate("EC", "P-521");
    case KeyKind::EcP224: return generate("EC", "P-224");
    case KeyKind::EcP192: return generate("EC", "P-192");
    case KeyKind::EcExplicit: return generate("EC", "P-256", true);
    case KeyKind::Rsa2048: return pooled_rsa(2048);
    case KeyKind::Rsa2041: return pooled_rsa(2041);
    case KeyKind::Rsa2040: return pooled_rsa(2040);
    case KeyKind::Rsa1024: return pooled_rsa(1024);
    case KeyKind::Rsa1017: return pooled_rsa(1017);
    case KeyKind::Rsa1016: return pooled_rsa(1016);
    case KeyKind::RsaPss2048: return generate("RSA-PSS", nullptr);
    case KeyKind::Ed25519: return generate("ED25519", nullptr);
    case KeyKind::Ed448: return generate("ED448", nullptr);
    case KeyKind::EcP256:
    case KeyKind::Unreadable: break;
  }
  return generate("EC", "P-256");
}

CertificateSpec root_spec(std::string subject) {
  CertificateSpec spec;
  spec.subject = std::move(subject);
  spec.is_ca = true;
  spec.key_usage = "critical,keyCertSign,cRLSign";
  spec.not_before = kNow - 1000 * kDay;
  spec.not_after = kNow + 1000 * kDay;
  return spec;
}

CertificateSpec intermediate_spec(std::string subject) { return root_spec(std::move(subject)); }

CertificateSpec responder_spec(std::string subject) {
  CertificateSpec spec;
  spec.subject = std::move(subject);
  spec.key_usage = "critical,digitalSignature";
  spec.extended_key_usage = "OCSPSigning";
  return spec;
}

CertificateSpec leaf_spec(std::vector<std::string> names) {
  CertificateSpec spec;
  spec.names = std::move(names);
  spec.key_usage = "critical,digitalSignature";
  spec.extended_key_usage = "serverAuth";
  return spec;
}

std::string TestCertificate::pem() const {
  const BioPtr out(BIO_new(BIO_s_mem()));
  PEM_write_bio(out.get(), PEM_STRING_X509, "", der.data(), static_cast<long>(der.size()));
  return text_of(*out);
}

TestCertificate self_signed(const CertificateSpec& spec) { return make(spec, make_key(spec.key), nullptr); }

TestCertificate issued_by(const TestCertificate& issuer, const CertificateSpec& spec) {
  return make(spec, make_key(spec.key), &issuer);
}

TestCertificate issued_by(const TestCertificate& issuer, const CertificateSpec& spec, const Key& key) {
  return make(spec, key, &issuer);
}

std::string key_pem(const Key& key, std::string_view passphrase) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  const EVP_CIPHER* const cipher = passphrase.empty() ? nullptr : EVP_aes_256_cbc();
  demand(PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), cipher, passphrase.data(),
                                       static_cast<int>(passphrase.size()), nullptr, nullptr) == 1,
         "writing a key");
  return text_of(*out);
}

std::string traditional_key_pem(const Key& key, std::string_view passphrase) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  const EVP_CIPHER* const cipher = passphrase.empty() ? nullptr : EVP_aes_128_cbc();
  demand(PEM_write_bio_PrivateKey_traditional(out.get(), key.get(), cipher,
                                              reinterpret_cast<const unsigned char*>(passphrase.data()),
                                              static_cast<int>(passphrase.size()), nullptr, nullptr) == 1,
         "writing a key");
  return text_of(*out);
}

}  // namespace securetransport::test
