// SPDX-License-Identifier: Apache-2.0
// SecCertificate: creation, and what a certificate says of itself.
#include <Security/SecCertificate.h>

#include <string>
#include <utility>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/sec_objects.hpp"
#include "apple/sec_time.hpp"
#include "securetransport/trust/certificate_fields.hpp"

using namespace securetransport::apple;
using securetransport::Certificate;
using securetransport::NameOf;
using securetransport::cf::checked;
using securetransport::cf::make_string;

namespace {

/// errSecInternal, which no public header names.
constexpr OSStatus kInternal = -26276;

SecCertificateRef create(std::span<const std::uint8_t> der) {
  auto certificate = Certificate::from_der(der);
  return certificate ? make_certificate(*std::move(certificate)).release() : nullptr;
}

/// Null if the certificate is no certificate or the reader throws.
template <class Ref, class Read>
Ref copied(SecCertificateRef certificate, Read&& read) noexcept {
  return object_boundary([&]() -> Ref {
    const auto* const self = checked<__SecCertificate>(certificate);
    return self == nullptr ? nullptr : read(*self).release();
  });
}

/// The same with an error that says why there is nothing.
template <class Ref, class Read>
Ref copied(SecCertificateRef certificate, CFErrorRef* error, Read&& read) noexcept {
  const Ref result = copied<Ref>(certificate, std::forward<Read>(read));
  if (error == nullptr) return result;
  const bool is_certificate = checked<__SecCertificate>(certificate) != nullptr;
  *error = result != nullptr ? nullptr : object_boundary([&] {
    return securetransport::cf::make_error(kCFErrorDomainOSStatus, is_certificate ? errSecAllocate : errSecParam, {})
        .release();
  });
  return result;
}

securetransport::cf::CFRef<CFStringRef> summary(const __SecCertificate& certificate) {
  return make_string(securetransport::summary_of(certificate.certificate));
}

auto array_of_strings(const std::vector<std::string>& texts) {
  std::vector<securetransport::cf::CFRef<CFStringRef>> strings;
  std::vector<CFTypeRef> values;
  for (const std::string& text : texts) values.push_back(strings.emplace_back(make_string(text)).get());
  return securetransport::cf::make_array(values);
}

/// Private functions of Apple's answer NULL where there is nothing.
securetransport::cf::CFRef<CFArrayRef> array_unless_empty(const std::vector<std::string>& texts) {
  return texts.empty() ? securetransport::cf::CFRef<CFArrayRef>() : array_of_strings(texts);
}

CFDataRef copy_name(SecCertificateRef certificate, CFErrorRef* error, NameOf whose) noexcept {
  return copied<CFDataRef>(certificate, error, [&](const __SecCertificate& self) {
    return securetransport::cf::make_data(securetransport::normalized_name_content(self.certificate, whose));
  });
}

CFDataRef copy_name_sequence(SecCertificateRef certificate, NameOf whose) noexcept {
  return copied<CFDataRef>(certificate, [&](const __SecCertificate& self) {
    return securetransport::cf::make_data(securetransport::normalized_name(self.certificate, whose));
  });
}

}  // namespace

CFTypeID SecCertificateGetTypeID() { return __SecCertificate::type_id(); }

SecCertificateRef SecCertificateCreateWithData(CFAllocatorRef /*allocator*/, CFDataRef data) {
  if (data == nullptr || CFGetTypeID(data) != CFDataGetTypeID()) return nullptr;
  return object_boundary([&] { return create(securetransport::cf::bytes_of(data)); });
}

SecCertificateRef SecCertificateCreateWithBytes(CFAllocatorRef /*allocator*/, const UInt8* bytes, CFIndex length) {
  if (bytes == nullptr || length < 0) return nullptr;
  return object_boundary([&] { return create({bytes, static_cast<std::size_t>(length)}); });
}

CFDataRef SecCertificateCopyData(SecCertificateRef certificate) {
  return copied<CFDataRef>(certificate, [](const auto& self) { return securetransport::cf::make_data(self.der); });
}

const UInt8* SecCertificateGetBytePtr(SecCertificateRef certificate) {
  const auto* const self = checked<__SecCertificate>(certificate);
  return self == nullptr ? nullptr : self->der.data();
}

CFIndex SecCertificateGetLength(SecCertificateRef certificate) {
  const auto* const self = checked<__SecCertificate>(certificate);
  return self == nullptr ? 0 : static_cast<CFIndex>(self->der.size());
}

CFStringRef SecCertificateCopySubjectSummary(SecCertificateRef certificate) {
  return copied<CFStringRef>(certificate, summary);
}

CFStringRef SecCertificateCopyShortDescription(CFAllocatorRef /*alloc*/, SecCertificateRef certificate,
                                               CFErrorRef* error) {
  return copied<CFStringRef>(certificate, error, summary);
}

CFStringRef SecCertificateCopyLongDescription(CFAllocatorRef /*alloc*/, SecCertificateRef certificate,
                                              CFErrorRef* error) {
  return copied<CFStringRef>(certificate, error, summary);
}

OSStatus SecCertificateCopyCommonName(SecCertificateRef certificate, CFStringRef* commonName) {
  return boundary([&]() -> OSStatus {
    if (commonName != nullptr) *commonName = nullptr;
    const auto* const self = checked<__SecCertificate>(certificate);
    if (self == nullptr) return errSecParam;
    const auto names = securetransport::common_names(self->certificate);
    if (names.empty()) return kInternal;
    if (commonName != nullptr) *commonName = make_string(names.back()).release();
    return errSecSuccess;
  });
}

OSStatus SecCertificateCopyEmailAddresses(SecCertificateRef certificate, CFArrayRef* emailAddresses) {
  return boundary([&]() -> OSStatus {
    const auto* const self = checked<__SecCertificate>(certificate);
    if (self == nullptr || emailAddresses == nullptr) return errSecParam;
    *emailAddresses = array_of_strings(securetransport::email_addresses(self->certificate)).release();
    return errSecSuccess;
  });
}

CFArrayRef SecCertificateCopyCommonNames(SecCertificateRef certificate) {
  return copied<CFArrayRef>(certificate, [](const auto& self) {
    return array_unless_empty(securetransport::common_names(self.certificate));
  });
}

CFArrayRef SecCertificateCopyRFC822Names(SecCertificateRef certificate) {
  return copied<CFArrayRef>(certificate, [](const auto& self) {
    return array_unless_empty(securetransport::email_addresses(self.certificate));
  });
}

CFArrayRef SecCertificateCopyDNSNames(SecCertificateRef certificate) {
  return copied<CFArrayRef>(certificate, [](const auto& self) {
    std::vector<std::string> names;
    for (auto& name : securetransport::alternative_names_of(self.certificate, NameOf::Subject)) {
      if (name.kind == securetransport::GeneralNameField::Kind::Dns) names.push_back(std::move(name.text));
    }
    return array_unless_empty(names);
  });
}

CFDataRef SecCertificateCopyNormalizedIssuerSequence(SecCertificateRef certificate) {
  return copy_name_sequence(certificate, NameOf::Issuer);
}

CFDataRef SecCertificateCopyNormalizedSubjectSequence(SecCertificateRef certificate) {
  return copy_name_sequence(certificate, NameOf::Subject);
}

CFDataRef SecCertificateCopyNormalizedIssuerContent(SecCertificateRef certificate, CFErrorRef* error) {
  return copy_name(certificate, error, NameOf::Issuer);
}

CFDataRef SecCertificateCopyNormalizedSubjectContent(SecCertificateRef certificate, CFErrorRef* error) {
  return copy_name(certificate, error, NameOf::Subject);
}

CFDataRef SecCertificateCopySerialNumberData(SecCertificateRef certificate, CFErrorRef* error) {
  return copied<CFDataRef>(certificate, error, [](const auto& self) {
    return securetransport::cf::make_data(securetransport::fields_of(self.certificate).serial);
  });
}

CFDataRef SecCertificateCopySerialNumber(SecCertificateRef certificate, CFErrorRef* error) {
  return SecCertificateCopySerialNumberData(certificate, error);
}

CFDateRef SecCertificateCopyNotValidBeforeDate(SecCertificateRef certificate) {
  return copied<CFDateRef>(certificate, [](const auto& self) { return make_date(self.certificate.not_before()); });
}

CFDateRef SecCertificateCopyNotValidAfterDate(SecCertificateRef certificate) {
  return copied<CFDateRef>(certificate, [](const auto& self) { return make_date(self.certificate.not_after()); });
}

CFAbsoluteTime SecCertificateNotValidBefore(SecCertificateRef certificate) {
  const auto* const self = checked<__SecCertificate>(certificate);
  return self == nullptr ? 0 : absolute_time(self->certificate.not_before());
}

CFAbsoluteTime SecCertificateNotValidAfter(SecCertificateRef certificate) {
  const auto* const self = checked<__SecCertificate>(certificate);
  return self == nullptr ? 0 : absolute_time(self->certificate.not_after());
}

bool SecCertificateIsValid(SecCertificateRef certificate, CFAbsoluteTime verifyTime) {
  const auto* const self = checked<__SecCertificate>(certificate);
  return self != nullptr && absolute_time(self->certificate.not_before()) <= verifyTime &&
         verifyTime <= absolute_time(self->certificate.not_after());
}

CFDataRef SecCertificateCopySHA256Digest(SecCertificateRef certificate) {
  return copied<CFDataRef>(certificate, [](const auto& self) {
    return securetransport::cf::make_data(securetransport::sha256_of(self.certificate));
  });
}

CFDataRef SecCertificateCopySubjectPublicKeyInfoSHA256Digest(SecCertificateRef certificate) {
  return copied<CFDataRef>(
      certificate, [](const auto& self) { return securetransport::cf::make_data(self.certificate.spki_sha256()); });
}

OSStatus SecCertificateCreateFromData(const CSSM_DATA* data, CSSM_CERT_TYPE type, CSSM_CERT_ENCODING encoding,
                                      SecCertificateRef* certificate) {
  if (data == nullptr || data->Data == nullptr || certificate == nullptr) return errSecParam;
  *certificate = nullptr;
  if (type > CSSM_CERT_X_509v3 || encoding == CSSM_CERT_ENCODING_CUSTOM) return errSecParam;
  return boundary([&]() -> OSStatus {
    *certificate = create({data->Data, data->Length});
    return *certificate != nullptr ? errSecSuccess : errSecUnknownFormat;
  });
}

OSStatus SecCertificateGetData(SecCertificateRef certificate, CSSM_DATA* data) {
  const auto* const self = checked<__SecCertificate>(certificate);
  if (self == nullptr || data == nullptr) return errSecParam;
  data->Length = self->der.size();
  data->Data = const_cast<uint8*>(self->der.data());  // Nobody writes to it, but so the old structure has it.
  return errSecSuccess;
}

OSStatus SecCertificateGetType(SecCertificateRef certificate, CSSM_CERT_TYPE* certificateType) {
  return boundary([&]() -> OSStatus {
    const auto* const self = checked<__SecCertificate>(certificate);
    if (self == nullptr || certificateType == nullptr) return errSecParam;
    *certificateType = static_cast<CSSM_CERT_TYPE>(securetransport::fields_of(self->certificate).version);
    return errSecSuccess;
  });
}

SecCertificateRef SecCertificateCopyPreferred(CFStringRef /*name*/, CFArrayRef /*keyUsage*/) { return nullptr; }
