// SPDX-License-Identifier: Apache-2.0
// Certificates as values: parsing, and what is read out of them.
#include "securetransport/trust/certificate.hpp"

#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include "securetransport/trust/certificate_fields.hpp"
#include "trust/asn1_time.hpp"
#include "trust/error_mark.hpp"
#include "trust/field_text.hpp"
#include "trust/keyless_x509.hpp"
#include "trust/pem_text.hpp"
#include "trust/text.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

constexpr std::size_t kMaxBytes = 10'000'000;
constexpr std::size_t kMaxCertificates = 100;

// A date that cannot be read must never make a certificate valid: it begins at the end of time, or ends at the
// beginning.
constexpr std::chrono::sys_seconds kEndOfTime = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31) +
                                                std::chrono::hours(23) + std::chrono::minutes(59) +
                                                std::chrono::seconds(59);
constexpr std::chrono::sys_seconds kBeginningOfTime = std::chrono::sys_days(std::chrono::year(0) / 1 / 1);

Error bad_certificate(std::string detail) { return Error{ResultCode::BadCert, std::move(detail)}; }

std::string to_hex(std::span<const unsigned char> bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kHex[byte >> 4U];
    text += kHex[byte & 0x0FU];
  }
  return text;
}

std::string object_text(const ASN1_OBJECT& object) {
  const int nid = OBJ_obj2nid(&object);
  if (nid != NID_undef) return OBJ_nid2ln(nid);
  std::array<char, 128> text{};
  OBJ_obj2txt(text.data(), static_cast<int>(text.size()), &object, 1);
  return text.data();
}

std::string curve_text(const EVP_PKEY& key) {
  std::array<char, 64> group{};
  if (EVP_PKEY_get_group_name(&key, group.data(), group.size(), nullptr) != 1) return "explicit parameters";
  const char* const nist = EC_curve_nid2nist(OBJ_sn2nid(group.data()));
  return nist != nullptr ? nist : group.data();
}

/// RFC 5280 section 4.1: certificates are DER. OpenSSL also reads looser encodings, and writes them differently, but
/// for the tbsCertificate, which it keeps as it was: its length must be the shortest.
bool is_der(const X509& read, std::span<const std::uint8_t> from) {
  if (!std::ranges::equal(trust::encoded(i2d_X509, &read), from)) return false;
  const auto tbs = trust::signed_part_of(from);
  const auto content = trust::content_of(tbs);
  std::array<unsigned char, 8> header{};
  unsigned char* end = header.data();
  ASN1_put_object(&end, 1, static_cast<int>(content.size()), V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
  return std::ranges::equal(tbs.first(tbs.size() - content.size()), std::span(header.data(), end));
}

}  // namespace

std::string base64_text(const SpkiHash& hash) {
  std::array<unsigned char, 45> text{};  // Four characters for every three bytes, and a zero.
  const int size = EVP_EncodeBlock(text.data(), hash.data(), static_cast<int>(hash.size()));
  return {text.begin(), text.begin() + size};
}

Result<Certificate> Certificate::from_der(std::span<const std::uint8_t> der) {
  if (der.size() > kMaxBytes) return bad_certificate("the certificate is longer than 10 MB");
  const trust::ErrorMark mark;
  const unsigned char* at = der.data();
  ossl::X509Ptr keyless = trust::read_keyless_x509(at, der.size());
  if (!keyless) return bad_certificate("the data is not a DER certificate, or it is damaged or cut short");
  const auto left = der.size() - static_cast<std::size_t>(at - der.data());
  if (left != 0) return bad_certificate(std::to_string(left) + " bytes follow the certificate");
  if (!is_der(*keyless, der)) return bad_certificate("the certificate is not in DER, its one encoding");
  return Certificate(std::make_shared<const Impl>(std::vector(der.begin(), der.end()), std::move(keyless), nullptr));
}

Result<std::vector<Certificate>> Certificate::from_pem(std::string_view pem) {
  if (pem.size() > kMaxBytes) return bad_certificate("the PEM text is longer than 10 MB");
  const auto blocks = trust::pem_blocks(pem, "CERTIFICATE", kMaxCertificates + 1);
  if (blocks.empty()) {
    const bool is_der = pem.starts_with('\x30');
    return bad_certificate(is_der ? "the text has no CERTIFICATE block; it looks like DER"
                                  : "the text has no CERTIFICATE block");
  }
  if (blocks.size() > kMaxCertificates) return bad_certificate("the text has more than 100 certificates");
  std::vector<Certificate> certificates;
  for (const trust::PemBlock& block : blocks) {
    const auto where = [&] {
      return "certificate " + std::to_string(certificates.size() + 1) + " (line " + std::to_string(block.line) + "): ";
    };
    if (!block.has_end) return bad_certificate(where() + "its END line is missing");
    if (!block.data) return bad_certificate(where() + "its base64 text is damaged");
    auto parsed = from_der(*block.data);
    if (!parsed) return bad_certificate(where() + parsed.error().detail);
    certificates.push_back(*std::move(parsed));
  }
  return certificates;
}

std::vector<std::uint8_t> Certificate::der() const { return impl_->der; }

std::string Certificate::pem() const {
  const ossl::BioPtr out(BIO_new(BIO_s_mem()));
  if (!out || PEM_write_bio_X509(out.get(), impl_->keyless()) != 1) throw std::bad_alloc();
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string Certificate::subject() const { return trust::name_text(trust::subject_of(*this)); }

std::string Certificate::issuer() const { return trust::name_text(trust::issuer_of(*this)); }

std::string Certificate::serial() const {
  const std::unique_ptr<BIGNUM, ossl::Deleter<BN_free>> number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(&impl_->form()), nullptr));
  const ossl::OpensslString text(number ? BN_bn2hex(number.get()) : nullptr);
  if (!text) throw std::bad_alloc();
  return text.get();
}

std::vector<std::string> Certificate::names() const {
  const GENERAL_NAMES* const names = impl_->alternative_names();
  std::vector<std::string> texts;
  for (int at = 0; at < sk_GENERAL_NAME_num(names); ++at) {
    const GENERAL_NAME& name = *sk_GENERAL_NAME_value(names, at);
    if (name.type == GEN_DNS || name.type == GEN_IPADD) texts.push_back(trust::general_name_text(name));
  }
  return texts;
}

std::chrono::sys_seconds Certificate::not_before() const {
  return trust::seconds_of(*X509_get0_notBefore(&impl_->form())).value_or(kEndOfTime);
}

std::chrono::sys_seconds Certificate::not_after() const {
  return trust::seconds_of(*X509_get0_notAfter(&impl_->form())).value_or(kBeginningOfTime);
}

std::string Certificate::key() const {
  const trust::ErrorMark mark;
  const EVP_PKEY* const key = impl_->key();
  if (key == nullptr) return "unreadable";
  const std::string bits = " " + std::to_string(EVP_PKEY_get_bits(key));
  switch (const int type = EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA: return "RSA" + bits;
    case EVP_PKEY_RSA_PSS: return "RSA-PSS" + bits;
    case EVP_PKEY_DSA: return "DSA" + bits;
    case EVP_PKEY_EC: return "EC " + curve_text(*key);
    default: return OBJ_nid2sn(type);
  }
}

std::string Certificate::signature_algorithm() const {
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(nullptr, &algorithm, &impl_->form());
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  return object_text(*object);
}

std::string Certificate::sha256() const { return to_hex(sha256_of(*this)); }

SpkiHash Certificate::spki_sha256() const {
  const std::vector<std::uint8_t> bytes = impl_->spki();
  SpkiHash hash{};
  if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  return hash;
}

bool Certificate::is_self_issued() const {
  return X509_NAME_cmp(&trust::subject_of(*this), &trust::issuer_of(*this)) == 0;
}

bool Certificate::is_ca() const {
  const trust::ErrorMark mark;
  return (X509_get_extension_flags(impl_->keyless()) & EXFLAG_CA) != 0;
}

bool operator==(const Certificate& a, const Certificate& b) {
  return a.impl_ == b.impl_ || a.impl_->der == b.impl_->der;
}

}  // namespace securetransport
