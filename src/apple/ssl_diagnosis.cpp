// SPDX-License-Identifier: Apache-2.0
// A diagnosis as a text and as a dictionary.
#include <utility>

#include "apple/ssl_context.hpp"
#include "cf/string.hpp"
#include "securetransport/core/diagnosis_text.hpp"

using namespace securetransport;
using namespace securetransport::apple;
using cf::constant_string;

const CFStringRef kSSLSTDiagnosisCode = constant_string<"code">;
const CFStringRef kSSLSTDiagnosisPublishedCode = constant_string<"publishedCode">;
const CFStringRef kSSLSTDiagnosisSymbol = constant_string<"symbol">;
const CFStringRef kSSLSTDiagnosisDetectedBy = constant_string<"detectedBy">;
const CFStringRef kSSLSTDiagnosisPhase = constant_string<"phase">;
const CFStringRef kSSLSTDiagnosisDetail = constant_string<"detail">;
const CFStringRef kSSLSTDiagnosisEngineReason = constant_string<"engineReason">;
const CFStringRef kSSLSTDiagnosisAlertSent = constant_string<"alertSent">;
const CFStringRef kSSLSTDiagnosisAlertReceived = constant_string<"alertReceived">;
const CFStringRef kSSLSTDiagnosisViolations = constant_string<"violations">;
const CFStringRef kSSLSTDiagnosisOffered = constant_string<"offered">;
const CFStringRef kSSLSTDiagnosisReceived = constant_string<"received">;
const CFStringRef kSSLSTDiagnosisNotes = constant_string<"notes">;

namespace {

/// Collects the entries that apply, and keeps them alive.
class Fields {
 public:
  void number(CFStringRef key, std::int64_t value) { keep(key, cf::make_number(value)); }
  void text(CFStringRef key, std::string_view value) {
    if (!value.empty()) keep(key, cf::make_string(value));
  }
  void lines(CFStringRef key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    std::vector<cf::CFRef<CFStringRef>> strings;
    std::vector<CFTypeRef> borrowed;
    for (const std::string& value : values) strings.push_back(cf::make_string(value));
    for (const auto& string : strings) borrowed.push_back(string.get());
    keep(key, cf::make_array(borrowed));
  }
  [[nodiscard]] cf::CFRef<CFDictionaryRef> dictionary() const {
    std::vector<std::pair<CFTypeRef, CFTypeRef>> entries;
    for (const auto& [key, value] : entries_) entries.emplace_back(key, value.get());
    return cf::make_dictionary(entries);
  }

 private:
  template <class Ref>
  void keep(CFStringRef key, cf::CFRef<Ref> value) {
    entries_.emplace_back(key, cf::CFRef<CFTypeRef>::adopt(value.release()));
  }

  std::vector<std::pair<CFStringRef, cf::CFRef<CFTypeRef>>> entries_;
};

cf::CFRef<CFDictionaryRef> dictionary_of(const Diagnosis& diagnosis) {
  Fields fields;
  fields.number(kSSLSTDiagnosisCode, static_cast<std::int32_t>(diagnosis.code));
  fields.number(kSSLSTDiagnosisPublishedCode, static_cast<std::int32_t>(diagnosis.published));
  fields.text(kSSLSTDiagnosisSymbol, symbol_of(diagnosis.code));
  if (diagnosis.detected_by) fields.text(kSSLSTDiagnosisDetectedBy, to_string(*diagnosis.detected_by));
  fields.text(kSSLSTDiagnosisPhase, to_string(diagnosis.phase));
  fields.text(kSSLSTDiagnosisDetail, diagnosis.detail);
  fields.text(kSSLSTDiagnosisEngineReason, diagnosis.engine_reason);
  if (diagnosis.alert_sent) {
    fields.number(kSSLSTDiagnosisAlertSent, static_cast<std::uint8_t>(diagnosis.alert_sent->description));
  }
  if (diagnosis.alert_received) {
    fields.number(kSSLSTDiagnosisAlertReceived, static_cast<std::uint8_t>(diagnosis.alert_received->description));
  }
  std::vector<std::string> violations;
  for (const Violation& violation : diagnosis.violations) violations.push_back(violation.detail);
  fields.lines(kSSLSTDiagnosisViolations, violations);
  fields.lines(kSSLSTDiagnosisOffered, diagnosis.offered);
  fields.lines(kSSLSTDiagnosisReceived, diagnosis.received);
  fields.lines(kSSLSTDiagnosisNotes, diagnosis.notes);
  return fields.dictionary();
}

}  // namespace

OSStatus SSLSTCopyDiagnosisText(SSLContextRef ref, CFStringRef* text) {
  if (text == nullptr) return errSecParam;
  *text = nullptr;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (const Diagnosis* const found = context.diagnosis()) *text = cf::make_string(text_of(*found)).release();
    return errSecSuccess;
  });
}

OSStatus SSLSTCopyDiagnosis(SSLContextRef ref, CFDictionaryRef* diagnosis) {
  if (diagnosis == nullptr) return errSecParam;
  *diagnosis = nullptr;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (const Diagnosis* const found = context.diagnosis()) *diagnosis = dictionary_of(*found).release();
    return errSecSuccess;
  });
}
