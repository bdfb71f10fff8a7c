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

#include "trust/asn1_time.hpp"
#include "trust/encoding.hpp"
#include "trust/error_mark.hpp"
#include "trust/key_reader.hpp"
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

}  // namespace

std::string base64_text(const SpkiHash& hash) {
  std::array<unsigned char, 45> text{};  // Four characters for every three bytes, and a zero.
  const int size = EVP_EncodeBlock(text.data(), hash.data(), static_cast<int>(hash.size()));
  return {text.begin(), text.begin() + size};
}

X509* Certificate::Impl::x509() const {
  std::call_once(is_decoded_, [&] {
    const trust::ErrorMark mark;
    const unsigned char* at = der.data();
    if (!x509_) x509_.reset(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!x509_) throw std::bad_alloc();  // It was decoded before, but for the key, which may be anything.
    // OpenSSL caches the extensions at the first use; do it here, before several threads share the certificate.
    static_cast<void>(X509_check_purpose(x509_.get(), -1, 0));
  });
  return x509_.get();
}

const GENERAL_NAMES* Certificate::Impl::alternative_names() const {
  std::call_once(has_alternative_names_, [&] {
    const trust::ErrorMark mark;
    alternative_names_.reset(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x509(), NID_subject_alt_name, nullptr, nullptr)));
  });
  return alternative_names_.get();
}

const X509_NAME& Certificate::Impl::subject() const noexcept {
  return shape_ ? trust::subject_of(*shape_) : std::as_const(*X509_get_subject_name(x509_.get()));
}

const X509_NAME& Certificate::Impl::issuer() const noexcept {
  return shape_ ? trust::issuer_of(*shape_) : std::as_const(*X509_get_issuer_name(x509_.get()));
}

const ASN1_TIME& Certificate::Impl::not_before() const noexcept {
  return shape_ ? *trust::validity_of(*shape_).notBefore : *X509_get0_notBefore(x509_.get());
}

const ASN1_TIME& Certificate::Impl::not_after() const noexcept {
  return shape_ ? *trust::validity_of(*shape_).notAfter : *X509_get0_notAfter(x509_.get());
}

ossl::OctetStringPtr Certificate::Impl::subject_key_id() const {
  const trust::ErrorMark mark;
  if (shape_) return trust::subject_key_id_of(*shape_);
  const ASN1_OCTET_STRING* const id = X509_get0_subject_key_id(x509());
  return ossl::OctetStringPtr(id != nullptr ? ASN1_OCTET_STRING_dup(id) : nullptr);
}

ossl::OctetStringPtr Certificate::Impl::authority_key_id() const {
  const trust::ErrorMark mark;
  if (shape_) return trust::authority_key_id_of(*shape_);
  const ASN1_OCTET_STRING* const id = X509_get0_authority_key_id(x509());
  return ossl::OctetStringPtr(id != nullptr ? ASN1_OCTET_STRING_dup(id) : nullptr);
}

EVP_PKEY* Certificate::Impl::key() const {
  std::call_once(has_key_, [&] {
    const trust::ErrorMark mark;
    EVP_PKEY* const read = shape_ ? nullptr : X509_get0_pubkey(x509());
    key_ = shape_ ? trust::read_public_key(trust::spki_of(*shape_)) : read != nullptr ? ossl::retain(*read) : nullptr;
  });
  return key_.get();
}

std::vector<std::uint8_t> Certificate::Impl::spki() const {
  if (shape_) return trust::spki_of(*shape_);
  return trust::encoded(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(x509()));
}

int Certificate::Impl::signature_nid() const {
  return shape_ ? trust::signature_nid_of(*shape_) : X509_get_signature_nid(x509());
}

bool Certificate::Impl::is_signed_by(EVP_PKEY& key) const {
  const trust::ErrorMark mark;
  return shape_ ? trust::is_signed_by(*shape_, key) : X509_verify(x509(), &key) == 1;
}

Result<Certificate> Certificate::from_der(std::span<const std::uint8_t> der) {
  if (der.size() > kMaxBytes) return bad_certificate("the certificate is longer than 10 MB");
  const trust::ErrorMark mark;
  const unsigned char* at = der.data();
  trust::CertificateShapePtr shape = trust::read_shape(at, der.size());
  if (!shape) return bad_certificate("the data is not a DER certificate, or it is damaged or cut short");
  const auto left = der.size() - static_cast<std::size_t>(at - der.data());
  if (left != 0) return bad_certificate(std::to_string(left) + " bytes follow the certificate");
  // RFC 5280 section 4.1: certificates are DER. OpenSSL also reads looser encodings, and would write them differently.
  if (!trust::is_encoding_of(*shape, der)) return bad_certificate("the certificate is not in DER, its one encoding");
  return Certificate(std::make_shared<const Impl>(std::vector(der.begin(), der.end()), std::move(shape), nullptr));
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
  if (!out || PEM_write_bio_X509(out.get(), impl_->x509()) != 1) throw std::bad_alloc();
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string Certificate::subject() const { return trust::name_text(impl_->subject()); }

std::string Certificate::issuer() const { return trust::name_text(impl_->issuer()); }

std::string Certificate::serial() const {
  const std::unique_ptr<BIGNUM, ossl::Deleter<BN_free>> number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(impl_->x509()), nullptr));
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
  return trust::seconds_of(impl_->not_before()).value_or(kEndOfTime);
}

std::chrono::sys_seconds Certificate::not_after() const {
  return trust::seconds_of(impl_->not_after()).value_or(kBeginningOfTime);
}

std::string Certificate::key() const {
  const trust::ErrorMark mark;
  const EVP_PKEY* const key = X509_get0_pubkey(impl_->x509());
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
  X509_get0_signature(nullptr, &algorithm, impl_->x509());
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  return object_text(*object);
}

std::string Certificate::sha256() const {
  const auto& bytes = impl_->der;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  return to_hex(std::span(digest).first(size));
}

SpkiHash Certificate::spki_sha256() const {
  const std::vector<std::uint8_t> bytes = impl_->spki();
  SpkiHash hash{};
  if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  return hash;
}

bool Certificate::is_self_issued() const { return X509_NAME_cmp(&impl_->subject(), &impl_->issuer()) == 0; }

bool Certificate::is_ca() const {
  const trust::ErrorMark mark;
  return (X509_get_extension_flags(impl_->x509()) & EXFLAG_CA) != 0;
}

bool operator==(const Certificate& a, const Certificate& b) {
  return a.impl_ == b.impl_ || a.impl_->der == b.impl_->der;
}

namespace trust {

Certificate share(X509& borrowed) {
  return Certificate(
      std::make_shared<const Certificate::Impl>(encoded(i2d_X509, &borrowed), nullptr, ossl::retain(borrowed)));
}

}  // namespace trust
}  // namespace securetransport
