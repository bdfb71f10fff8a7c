// SPDX-License-Identifier: Apache-2.0
// SecTrust: the judgement, and what can be asked about it.
#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecCertificate.h>
#include <Security/SecTrust.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/sec_objects.hpp"
#include "apple/sec_result_type.hpp"
#include "apple/sec_time.hpp"
#include "securetransport/trust/certificate_fields.hpp"
#include "securetransport/trust/trust_outcome.hpp"

using namespace securetransport::apple;
using securetransport::Violation;
using securetransport::cf::CFRef;
using securetransport::cf::checked;
using securetransport::cf::make_string;

namespace {

/// "certificate 0 (www.example.com): the name does not match".
std::string text_of(const Violation& violation, const securetransport::TrustResult& result) {
  const std::size_t index = violation.chain_index.value_or(result.path.size());
  if (index >= result.path.size()) return violation.detail;
  std::string text = "certificate " + std::to_string(index);
  if (const auto summary = securetransport::summary_of(result.path[index]); !summary.empty()) {
    text += " (" + summary + ")";
  }
  return text + ": " + violation.detail;
}

CFRef<CFErrorRef> make_error(OSStatus status, const std::string& text, CFErrorRef underlying) {
  const CFRef<CFStringRef> description = make_string(text);
  std::vector<std::pair<CFTypeRef, CFTypeRef>> entries{{kCFErrorLocalizedDescriptionKey, description.get()}};
  if (underlying != nullptr) entries.emplace_back(kCFErrorUnderlyingErrorKey, underlying);
  const auto info = securetransport::cf::make_dictionary(entries);
  return CFRef<CFErrorRef>::adopt(CFErrorCreate(nullptr, kCFErrorDomainOSStatus, status, info.get()));
}

/// The most serious failure, under which stands the next, and so on.
CFRef<CFErrorRef> error_of(const securetransport::TrustResult& result) {
  const std::vector<Violation> failures = securetransport::most_serious_first(result.violations);
  CFRef<CFErrorRef> error;
  for (auto failure = failures.rbegin(); failure != failures.rend(); ++failure) {
    error = make_error(securetransport::status_of(*failure), text_of(*failure, result), error.get());
  }
  return error;
}

/// The details of what is wrong with one certificate; those of the chain as a whole are the leaf's.
std::string faults_of(const securetransport::TrustResult& result, std::size_t index) {
  std::string text;
  for (const Violation& failure : securetransport::most_serious_first(result.violations)) {
    if (failure.chain_index.value_or(0) != index) continue;
    text += (text.empty() ? "" : "; ") + failure.detail;
  }
  return text;
}

CFRef<CFDictionaryRef> properties_of(__SecTrust& trust, std::size_t index) {
  const auto title = make_string(securetransport::summary_of(trust.path()[index].get()->certificate));
  const std::string faults = faults_of(trust.result(), index);
  const auto error = make_string(faults);
  std::vector<std::pair<CFTypeRef, CFTypeRef>> entries{{kSecPropertyTypeTitle, title.get()}};
  if (!faults.empty()) entries.emplace_back(kSecPropertyTypeError, error.get());
  return securetransport::cf::make_dictionary(entries);
}

}  // namespace

OSStatus SecTrustEvaluate(SecTrustRef trust, SecTrustResultType* result) {
  return boundary([&]() -> OSStatus {
    if (result != nullptr) *result = kSecTrustResultInvalid;
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr) return errSecParam;
    const SecTrustResultType type = result_type_of(self->result());
    if (result != nullptr) *result = type;
    return errSecSuccess;
  });
}

OSStatus SecTrustGetTrustResult(SecTrustRef trust, SecTrustResultType* result) {
  return result == nullptr ? errSecParam : SecTrustEvaluate(trust, result);
}

bool SecTrustEvaluateWithError(SecTrustRef trust, CFErrorRef* error) {
  bool is_trusted = false;
  if (error != nullptr) *error = nullptr;
  const OSStatus status = boundary([&]() -> OSStatus {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr) return errSecParam;
    const securetransport::TrustResult& result = self->result();
    if (error != nullptr && !result.trusted()) *error = error_of(result).release();
    is_trusted = result.trusted();
    return errSecSuccess;
  });
  if (status != errSecSuccess && error != nullptr) {
    *error =
        object_boundary([&] { return make_error(status, "there is no trust object to judge", nullptr).release(); });
  }
  return is_trusted;
}

CFIndex SecTrustGetCertificateCount(SecTrustRef trust) {
  CFIndex count = 0;
  const OSStatus status = boundary([&]() -> OSStatus {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr) return errSecParam;
    count = static_cast<CFIndex>(self->path().size());
    return errSecSuccess;
  });
  return status == errSecSuccess ? count : 0;
}

SecCertificateRef SecTrustGetCertificateAtIndex(SecTrustRef trust, CFIndex index) {
  return object_boundary([&]() -> SecCertificateRef {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr || index < 0) return nullptr;
    if (index == 0) return self->leaf();
    const __SecTrust::Certificates& path = self->path();
    const auto at = static_cast<std::size_t>(index);
    return at < path.size() ? path[at].get() : nullptr;
  });
}

CFArrayRef SecTrustCopyCertificateChain(SecTrustRef trust) {
  return object_boundary([&]() -> CFArrayRef {
    auto* const self = checked<__SecTrust>(trust);
    return self == nullptr ? nullptr : array_of(self->path()).release();
  });
}

CFArrayRef SecTrustCopyProperties(SecTrustRef trust) {
  return object_boundary([&]() -> CFArrayRef {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr) return nullptr;
    std::vector<CFRef<CFDictionaryRef>> properties;
    std::vector<CFTypeRef> values;
    for (std::size_t index = 0; index < self->path().size(); ++index) {
      values.push_back(properties.emplace_back(properties_of(*self, index)).get());
    }
    return securetransport::cf::make_array(values).release();
  });
}

CFDictionaryRef SecTrustCopyResult(SecTrustRef trust) {
  return object_boundary([&]() -> CFDictionaryRef {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr) return nullptr;
    const securetransport::TrustResult& result = self->result();
    const auto date = securetransport::apple::make_date(self->evaluation_time());
    const auto type = securetransport::cf::make_number(result_type_of(result));
    std::vector<std::pair<CFTypeRef, CFTypeRef>> entries{{kSecTrustEvaluationDate, date.get()},
                                                         {kSecTrustResultValue, type.get()}};
    if (result.is_revocation_checked) entries.emplace_back(kSecTrustRevocationChecked, kCFBooleanTrue);
    if (result.is_transparent) entries.emplace_back(kSecTrustCertificateTransparency, kCFBooleanTrue);
    return securetransport::cf::make_dictionary(entries).release();
  });
}
