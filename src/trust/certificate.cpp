// SPDX-License-Identifier: Apache-2.0
// Certificates as values: parsing, and what is read out of them.
#include "securetransport/trust/certificate.hpp"

#include <openssl/asn1t.h>
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
#include "trust/key_reader.hpp"
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

template <class Pointer>
const typename Pointer::element_type* decoded_once(std::once_flag& is_decoded, Pointer& extension, const X509& form,
                                                   int nid) {
  std::call_once(is_decoded, [&] {
    const trust::ErrorMark mark;
    extension.reset(static_cast<typename Pointer::pointer>(X509_get_ext_d2i(&form, nid, nullptr, nullptr)));
  });
  return extension.get();
}

/// The tbsCertificate (RFC 5280 section 4.1). The bytes are a certificate in DER.
std::span<const std::uint8_t> first_value_in(std::span<const std::uint8_t> der) {
  const auto content = trust::content_of(der);
  const auto rest = trust::content_of(content);
  return content.first(static_cast<std::size_t>(rest.data() - content.data()) + rest.size());
}

}  // namespace

std::string base64_text(const SpkiHash& hash) {
  std::array<unsigned char, 45> text{};  // Four characters for every three bytes, and a zero.
  const int size = EVP_EncodeBlock(text.data(), hash.data(), static_cast<int>(hash.size()));
  return {text.begin(), text.begin() + size};
}

X509* Certificate::Impl::keyless() const {
  X509* const any = keyless_ ? keyless_.get() : whole_.get();
  // OpenSSL caches the extensions at the first use; do it here, where what it cannot find or read leaves no error.
  std::call_once(has_extensions_, [&] {
    const trust::ErrorMark mark;
    static_cast<void>(X509_check_purpose(any, -1, 0));
  });
  return any;
}

X509* Certificate::Impl::x509() const {
  std::call_once(is_whole_, [&] {
    const trust::ErrorMark mark;
    const unsigned char* at = der.data();
    if (!whole_) whole_.reset(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!whole_) throw std::bad_alloc();  // It was decoded before, but for the key, which may be anything.
    static_cast<void>(X509_check_purpose(whole_.get(), -1, 0));
  });
  return whole_.get();
}

const GENERAL_NAMES* Certificate::Impl::alternative_names() const {
  return decoded_once(has_alternative_names_, alternative_names_, form(), NID_subject_alt_name);
}

const NAME_CONSTRAINTS* Certificate::Impl::name_constraints() const {
  return decoded_once(has_name_constraints_, name_constraints_, form(), NID_name_constraints);
}

ossl::OctetStringPtr Certificate::Impl::subject_key_id() const {
  const trust::ErrorMark mark;
  return ossl::OctetStringPtr(
      static_cast<ASN1_OCTET_STRING*>(X509_get_ext_d2i(&form(), NID_subject_key_identifier, nullptr, nullptr)));
}

ossl::OctetStringPtr Certificate::Impl::authority_key_id() const {
  const trust::ErrorMark mark;
  const std::unique_ptr<AUTHORITY_KEYID, ossl::Deleter<AUTHORITY_KEYID_free>> id(
      static_cast<AUTHORITY_KEYID*>(X509_get_ext_d2i(&form(), NID_authority_key_identifier, nullptr, nullptr)));
  return ossl::OctetStringPtr(id ? std::exchange(id->keyid, nullptr) : nullptr);
}

EVP_PKEY* Certificate::Impl::key() const {
  std::call_once(has_key_, [&] {
    const trust::ErrorMark mark;
    EVP_PKEY* const read = whole_ ? X509_get0_pubkey(whole_.get()) : nullptr;
    key_ = keyless_ ? trust::read_public_key(spki()) : read != nullptr ? ossl::retain(*read) : nullptr;
  });
  return key_.get();
}

std::vector<std::uint8_t> Certificate::Impl::spki() const {
  return trust::encoded(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(&form()));
}

bool Certificate::Impl::is_signed_by(EVP_PKEY& key) const {
  const trust::ErrorMark mark;
  const ASN1_BIT_STRING* signature = nullptr;
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(&signature, &algorithm, &form());
  // RFC 5280 section 4.1.1.2: "This field MUST contain the same algorithm identifier as the signature field in the
  // sequence tbsCertificate".
  if (X509_ALGOR_cmp(algorithm, X509_get0_tbs_sigalg(&form())) != 0) return false;
  // X509_verify() would look for the hash where the certificate was read. An ASN1_SEQUENCE is its own encoding.
  const std::span<const std::uint8_t> signed_part = first_value_in(der);
  const std::unique_ptr<ASN1_STRING, ossl::Deleter<ASN1_STRING_free>> tbs(ASN1_STRING_type_new(V_ASN1_SEQUENCE));
  if (!tbs || ASN1_STRING_set(tbs.get(), signed_part.data(), static_cast<int>(signed_part.size())) != 1) {
    throw std::bad_alloc();
  }
  return ASN1_item_verify(ASN1_ITEM_rptr(ASN1_SEQUENCE), algorithm, signature, tbs.get(), &key) == 1;
}

Result<Certificate> Certificate::from_der(std::span<const std::uint8_t> der) {
  if (der.size() > kMaxBytes) return bad_certificate("the certificate is longer than 10 MB");
  const trust::ErrorMark mark;
  const unsigned char* at = der.data();
  ossl::X509Ptr keyless = trust::read_keyless_x509(at, der.size());
  if (!keyless) return bad_certificate("the data is not a DER certificate, or it is damaged or cut short");
  const auto left = der.size() - static_cast<std::size_t>(at - der.data());
  if (left != 0) return bad_certificate(std::to_string(left) + " bytes follow the certificate");
  // RFC 5280 section 4.1: certificates are DER. OpenSSL also reads looser encodings, and would write them differently.
  if (!std::ranges::equal(trust::encoded(i2d_X509, keyless.get()), der))
    return bad_certificate("the certificate is not in DER, its one encoding");
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

namespace trust {

Certificate share(X509& borrowed) {
  return Certificate(
      std::make_shared<const Certificate::Impl>(encoded(i2d_X509, &borrowed), nullptr, ossl::retain(borrowed)));
}

bool is_self_signed(const Certificate& certificate) {
  const ErrorMark mark;
  return certificate.is_self_issued() && X509_self_signed(x509_of(certificate), 0) == 1;
}

bool proves_self_signed(const Certificate& certificate) {
  const ErrorMark mark;
  return certificate.is_self_issued() && X509_self_signed(x509_of(certificate), 1) == 1;
}

}  // namespace trust
}  // namespace securetransport
