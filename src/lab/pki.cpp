// SPDX-License-Identifier: Apache-2.0
// Makes certificates with OpenSSL.
#include "lab/pki.hpp"

#include <openssl/pem.h>

#include <memory>
#include <utility>

#include "lab/openssl_handles.hpp"
#include "lab/x509_extensions.hpp"
#include "net/endpoint.hpp"

namespace securetransport::lab {
namespace {

PrivateKey make_key(KeyKind kind) {
  switch (kind) {
    case KeyKind::P256: return PrivateKey(EVP_EC_gen("P-256"));
    case KeyKind::P384: return PrivateKey(EVP_EC_gen("P-384"));
    case KeyKind::Ed25519: return PrivateKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    case KeyKind::Rsa1024: return PrivateKey(EVP_RSA_gen(1024));
    case KeyKind::Rsa2048: return PrivateKey(EVP_RSA_gen(2048));
    case KeyKind::Rsa3072: return PrivateKey(EVP_RSA_gen(3072));
  }
  return nullptr;
}

const EVP_MD* digest_for(const EVP_PKEY& key, Digest digest) {
  if (EVP_PKEY_get_base_id(&key) == EVP_PKEY_ED25519) return nullptr;  // RFC 8410: hashes by itself.
  switch (digest) {
    case Digest::Sha256: return EVP_sha256();
    case Digest::Sha384: return EVP_sha384();
    case Digest::Sha1: return EVP_sha1();
    case Digest::Md5: return EVP_md5();
  }
  return nullptr;
}

Memory memory_of(const std::string& text) {
  return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

PrivateKey read_key(const std::string& pem) {
  // An empty passphrase: without it OpenSSL would ask on the terminal for that of an encrypted key.
  std::string passphrase;
  return PrivateKey(PEM_read_bio_PrivateKey(memory_of(pem).get(), nullptr, nullptr, passphrase.data()));
}

Certificate read_certificate(const std::string& pem) {
  return Certificate(PEM_read_bio_X509(memory_of(pem).get(), nullptr, nullptr, nullptr));
}

std::string text_of(BIO& memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(&memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

bool set_serial(X509& certificate, const CertificateSpec& spec) {
  const Bignum number(BN_new());
  if (number == nullptr) return false;
  if (spec.serial) {
    if (BN_bin2bn(spec.serial->data(), static_cast<int>(spec.serial->size()), number.get()) == nullptr) return false;
  } else if (BN_rand(number.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) != 1) {
    return false;
  }
  return BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)) != nullptr;
}

bool set_time(ASN1_TIME* field, std::chrono::sys_seconds time) {
  // GeneralizedTime has four digits for the year; OpenSSL would write a fifth.
  constexpr std::chrono::sys_seconds kLast =
      std::chrono::sys_days(std::chrono::year(10000) / 1 / 1) - std::chrono::seconds(1);
  constexpr std::chrono::sys_seconds kFirst = std::chrono::sys_days(std::chrono::year(0) / 1 / 1);
  if (time < kFirst || time > kLast) return false;
  return ASN1_TIME_set(field, static_cast<time_t>(time.time_since_epoch().count())) != nullptr;
}

bool set_times(X509& certificate, const CertificateSpec& spec) {
  return set_time(X509_getm_notBefore(&certificate), spec.not_before) &&
         set_time(X509_getm_notAfter(&certificate), spec.not_after);
}

bool set_subject(X509& certificate, const CertificateSpec& spec) {
  if (spec.common_name.empty()) return true;
  const auto* const text = reinterpret_cast<const unsigned char*>(spec.common_name.data());
  return X509_NAME_add_entry_by_NID(X509_get_subject_name(&certificate), NID_commonName, MBSTRING_UTF8, text,
                                    static_cast<int>(spec.common_name.size()), -1, 0) == 1;
}

Result<Issued> write(X509& certificate, EVP_PKEY& key) {
  Issued issued;
  const Memory certificate_text(BIO_new(BIO_s_mem()));
  const Memory key_text(BIO_new(BIO_s_mem()));
  if (certificate_text == nullptr || key_text == nullptr ||
      PEM_write_bio_X509(certificate_text.get(), &certificate) != 1 ||
      PEM_write_bio_PrivateKey(key_text.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return openssl_error("writing the certificate");
  }
  issued.certificate_pem = text_of(*certificate_text);
  issued.key_pem = text_of(*key_text);
  const int size = i2d_X509(&certificate, nullptr);
  if (size <= 0) return openssl_error("writing the certificate");
  issued.certificate_der.resize(static_cast<std::size_t>(size));
  unsigned char* end = issued.certificate_der.data();
  i2d_X509(&certificate, &end);
  return issued;
}

/// Who signs: null where the certificate signs itself.
struct Issuer {
  Certificate certificate;
  PrivateKey key;
};

Result<Issued> make(const CertificateSpec& spec, const Issuer& issuer) {
  const PrivateKey key = spec.key_pem ? read_key(*spec.key_pem) : make_key(spec.key);
  if (key == nullptr) return openssl_error("the key");
  const Certificate certificate(X509_new());
  if (certificate == nullptr) return openssl_error("X509_new");
  X509& signer = issuer.certificate != nullptr ? *issuer.certificate : *certificate;
  EVP_PKEY& signing_key = issuer.key != nullptr ? *issuer.key : *key;
  if (!set_serial(*certificate, spec)) return openssl_error("the serial number");
  if (!set_times(*certificate, spec)) return openssl_error("the validity");
  if (!set_subject(*certificate, spec)) return openssl_error("the common name '" + spec.common_name + "'");
  if (X509_set_issuer_name(certificate.get(), X509_get_subject_name(&signer)) != 1 ||
      X509_set_pubkey(certificate.get(), key.get()) != 1) {
    return openssl_error("the issuer's name or the public key");
  }
  if (Result<void> done = add_extensions(*certificate, signer, spec); !done) return done.error();
  // RFC 5280 section 4.1.2.1: version 3 (value 2) where there are extensions, else version 1 (value 0).
  const long version = X509_get_ext_count(certificate.get()) > 0 ? X509_VERSION_3 : X509_VERSION_1;
  if (X509_set_version(certificate.get(), version) != 1 ||
      X509_sign(certificate.get(), &signing_key, digest_for(signing_key, spec.digest)) == 0) {
    return openssl_error("the signature");
  }
  return write(*certificate, *key);
}

CertificateSpec authority_spec(const std::string& common_name, KeyKind key, int years_ago) {
  CertificateSpec spec;
  spec.common_name = common_name;
  spec.is_ca = true;
  spec.key = key;
  spec.not_before = now() - std::chrono::days(years_ago * 365);
  spec.not_after = now() + std::chrono::days(10 * 365);
  return spec;
}

}  // namespace

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

Result<Issued> self_sign(const CertificateSpec& spec) { return make(spec, Issuer{}); }

Result<Issued> issue(const CertificateSpec& spec, const Issued& issuer) {
  Issuer parsed{read_certificate(issuer.certificate_pem), read_key(issuer.key_pem)};
  if (parsed.certificate == nullptr || parsed.key == nullptr) return openssl_error("the issuer");
  return make(spec, parsed);
}

CertificateSpec server_spec(const std::string& name) {
  CertificateSpec spec;
  if (name.size() <= ub_common_name) spec.common_name = name;
  if (net::parse_address(name, 0)) {
    spec.ip_addresses = {name};
    return spec;
  }
  spec.dns_names = {name};
  if (name == "localhost") spec.ip_addresses = {"127.0.0.1", "::1"};
  return spec;
}

CertificateSpec client_spec(const std::string& name) {
  CertificateSpec spec;
  spec.common_name = name;
  spec.purposes = {Purpose::ClientAuth};
  return spec;
}

Result<Pki> Pki::make(const std::string& name, KeyKind key) {
  Result<Issued> root = self_sign(authority_spec(name + " Root CA", key, 5));
  if (!root) return std::move(root).error();
  CertificateSpec spec = authority_spec(name + " Intermediate CA", key, 5);
  spec.path_length = 0;
  Result<Issued> intermediate = lab::issue(spec, *root);
  if (!intermediate) return std::move(intermediate).error();
  return Pki{*std::move(root), *std::move(intermediate)};
}

Result<Issued> Pki::issue(const CertificateSpec& spec) const { return lab::issue(spec, intermediate); }
Result<Issued> Pki::issue_server(const std::string& name) const { return issue(server_spec(name)); }
Result<Issued> Pki::issue_client(const std::string& name) const { return issue(client_spec(name)); }

std::string Pki::chain_pem(const Issued& leaf) const { return leaf.certificate_pem + intermediate.certificate_pem; }

std::string Pki::full_chain_pem(const Issued& leaf) const { return chain_pem(leaf) + root.certificate_pem; }

}  // namespace securetransport::lab
