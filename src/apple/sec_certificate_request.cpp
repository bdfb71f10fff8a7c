// SPDX-License-Identifier: Apache-2.0
// SecGenerateSelfSignedCertificate: a subject and parameters out of CoreFoundation's collections.
#include <Security/SecCertificate.h>
#include <Security/SecCertificateRequest.h>

#include <chrono>
#include <utility>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/key_objects.hpp"
#include "apple/sec_objects.hpp"
#include "cf/string.hpp"
#include "securetransport/trust/self_signed.hpp"

using namespace securetransport;
using namespace securetransport::apple;
using cf::constant_string;

const CFStringRef kSecOidCommonName = constant_string<"CN">;
const CFStringRef kSecOidCountryName = constant_string<"C">;
const CFStringRef kSecOidStateProvinceName = constant_string<"ST">;
const CFStringRef kSecOidLocalityName = constant_string<"L">;
const CFStringRef kSecOidOrganization = constant_string<"O">;
const CFStringRef kSecOidOrganizationalUnit = constant_string<"OU">;
const CFStringRef kSecCSRChallengePassword = constant_string<"csrChallengePassword">;
const CFStringRef kSecSubjectAltName = constant_string<"subjectAltName">;
const CFStringRef kSecCertificateKeyUsage = constant_string<"keyUsage">;
const CFStringRef kSecCSRBasicContraintsPathLen = constant_string<"basicConstraints">;
const CFStringRef kSecCertificateExtensions = constant_string<"certificateExtensions">;
const CFStringRef kSecCertificateExtensionsEncoded = constant_string<"certificateExtensionsEncoded">;
const CFStringRef kSecSubjectAltNameDNSName = constant_string<"dNSName">;
const CFStringRef kSecSubjectAltNameEmailAddress = constant_string<"rfc822Name">;
const CFStringRef kSecSubjectAltNameURI = constant_string<"uniformResourceIdentifier">;

namespace {

/// Each function answers false for what is of another type than the header says.
bool read_attribute(CFTypeRef value, std::vector<NameAttribute>& rdn) {
  const CFArrayRef pair = as_array(value);
  if (pair == nullptr || CFArrayGetCount(pair) != 2) return false;
  const std::span<const CFTypeRef> parts = cf::values_of(pair);
  if (as_string(parts[0]) == nullptr || as_string(parts[1]) == nullptr) return false;
  rdn.push_back({cf::string_of(as_string(parts[0])), cf::string_of(as_string(parts[1]))});
  return true;
}

bool read_subject(CFArrayRef subject, SelfSignedSpec& spec) {
  if (as_array(subject) == nullptr) return false;
  for (const CFTypeRef value : cf::values_of(subject)) {
    if (as_array(value) == nullptr) return false;
    std::vector<NameAttribute>& rdn = spec.subject.emplace_back();
    for (const CFTypeRef attribute : cf::values_of(as_array(value))) {
      if (!read_attribute(attribute, rdn)) return false;
    }
  }
  return true;
}

bool read_names(CFTypeRef one_or_array, AlternativeName kind, SelfSignedSpec& spec) {
  if (one_or_array == nullptr) return true;
  if (const CFStringRef one = as_string(one_or_array)) {
    spec.alternative_names.emplace_back(kind, cf::string_of(one));
    return true;
  }
  if (as_array(one_or_array) == nullptr) return false;
  for (const CFTypeRef value : cf::values_of(as_array(one_or_array))) {
    if (as_string(value) == nullptr) return false;
    spec.alternative_names.emplace_back(kind, cf::string_of(as_string(value)));
  }
  return true;
}

bool read_alternative_names(CFTypeRef value, SelfSignedSpec& spec) {
  const CFDictionaryRef names = as_dictionary(value);
  if (names == nullptr) return read_names(value, AlternativeName::Dns, spec);  // As CUPS has it.
  return read_names(value_in(names, kSecSubjectAltNameDNSName), AlternativeName::Dns, spec) &&
         read_names(value_in(names, kSecSubjectAltNameEmailAddress), AlternativeName::Email, spec) &&
         read_names(value_in(names, kSecSubjectAltNameURI), AlternativeName::Uri, spec);
}

bool read_usage(CFDictionaryRef parameters, SelfSignedSpec& spec) {
  constexpr std::int64_t kLargestPathLength = 255;
  const CFTypeRef usage = value_in(parameters, kSecCertificateKeyUsage);
  const CFTypeRef length = value_in(parameters, kSecCSRBasicContraintsPathLen);
  if ((usage != nullptr && !as_number(usage)) || (length != nullptr && !as_number(length))) return false;
  if (usage != nullptr) {
    spec.key_usage = static_cast<std::uint32_t>(*as_number(usage));
    spec.is_key_usage_critical = (spec.key_usage & kSecKeyUsageCritical) != 0;
  }
  if (length == nullptr) return true;
  spec.is_authority = true;
  const std::int64_t limit = *as_number(length);
  if (limit >= 0 && limit <= kLargestPathLength) spec.path_length = static_cast<unsigned>(limit);
  return true;
}

bool read_extensions(CFDictionaryRef parameters, SelfSignedSpec& spec) {
  if (value_in(parameters, kSecCertificateExtensions) != nullptr) return false;
  const CFTypeRef value = value_in(parameters, kSecCertificateExtensionsEncoded);
  if (value == nullptr) return true;
  const CFDictionaryRef extensions = as_dictionary(value);
  if (extensions == nullptr) return false;
  const auto count = static_cast<std::size_t>(CFDictionaryGetCount(extensions));
  std::vector<CFTypeRef> oids(count);
  std::vector<CFTypeRef> values(count);
  CFDictionaryGetKeysAndValues(extensions, oids.data(), values.data());
  for (std::size_t i = 0; i < count; ++i) {
    if (as_string(oids[i]) == nullptr || as_data(values[i]) == nullptr) return false;
    const std::span<const std::uint8_t> der = cf::bytes_of(as_data(values[i]));
    spec.extensions.emplace_back(cf::string_of(as_string(oids[i])), std::vector<std::uint8_t>(der.begin(), der.end()));
  }
  return true;
}

bool read_parameters(CFTypeRef parameters, SelfSignedSpec& spec) {
  if (parameters == nullptr) return true;
  const CFDictionaryRef dictionary = as_dictionary(parameters);
  if (dictionary == nullptr) return false;
  const CFTypeRef names = value_in(dictionary, kSecSubjectAltName);
  return (names == nullptr || read_alternative_names(names, spec)) && read_usage(dictionary, spec) &&
         read_extensions(dictionary, spec);
}

}  // namespace

SecCertificateRef SecGenerateSelfSignedCertificate(CFArrayRef subject, CFDictionaryRef parameters, SecKeyRef publicKey,
                                                   SecKeyRef privateKey) {
  return object_boundary([&]() -> SecCertificateRef {
    constexpr std::chrono::hours kLifetime(24 * 365);
    const auto* const open = cf::checked<__SecKey>(publicKey);
    const auto* const secret = cf::checked<__SecKey>(privateKey);
    if (open == nullptr || secret == nullptr || secret->private_key() == nullptr) return nullptr;
    if (!(open->public_key() == secret->public_key())) return nullptr;
    SelfSignedSpec spec;
    if (!read_subject(subject, spec) || !read_parameters(parameters, spec)) return nullptr;
    spec.not_before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    spec.not_after = spec.not_before + kLifetime;
    Result<Certificate> made = make_self_signed(spec, *secret->private_key());
    return made ? make_certificate(*std::move(made)).release() : nullptr;
  });
}
