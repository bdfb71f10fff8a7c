// SPDX-License-Identifier: Apache-2.0
// The forms in which OpenSSL has a certificate, each made when it is wanted.
#include <openssl/asn1t.h>

#include <new>
#include <utility>

#include "trust/error_mark.hpp"
#include "trust/field_text.hpp"
#include "trust/key_reader.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

template <class Pointer>
const typename Pointer::element_type* decoded_once(std::once_flag& is_decoded, Pointer& extension, const X509& form,
                                                   int nid) {
  std::call_once(is_decoded, [&] {
    const trust::ErrorMark mark;
    extension.reset(static_cast<typename Pointer::pointer>(X509_get_ext_d2i(&form, nid, nullptr, nullptr)));
  });
  return extension.get();
}

}  // namespace

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
  if (!keyless_) return X509_verify(whole_.get(), &key) == 1;
  const ASN1_BIT_STRING* signature = nullptr;
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(&signature, &algorithm, &form());
  // RFC 5280 section 4.1.1.2: "This field MUST contain the same algorithm identifier as the signature field in the
  // sequence tbsCertificate".
  if (X509_ALGOR_cmp(algorithm, X509_get0_tbs_sigalg(&form())) != 0) return false;
  // X509_verify() would look for the hash where the certificate was read. An ASN1_SEQUENCE is its own encoding.
  const std::span<const std::uint8_t> signed_part = trust::signed_part_of(der);
  const std::unique_ptr<ASN1_STRING, ossl::Deleter<ASN1_STRING_free>> tbs(ASN1_STRING_type_new(V_ASN1_SEQUENCE));
  if (!tbs || ASN1_STRING_set(tbs.get(), signed_part.data(), static_cast<int>(signed_part.size())) != 1) {
    throw std::bad_alloc();
  }
  return ASN1_item_verify(ASN1_ITEM_rptr(ASN1_SEQUENCE), algorithm, signature, tbs.get(), &key) == 1;
}

namespace trust {

std::span<const std::uint8_t> signed_part_of(std::span<const std::uint8_t> der) {
  const auto content = content_of(der);
  const auto rest = content_of(content);
  return content.first(static_cast<std::size_t>(rest.data() - content.data()) + rest.size());
}

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
