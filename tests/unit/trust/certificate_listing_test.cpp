// SPDX-License-Identifier: Apache-2.0
// Certificates as trees of labelled values; keys, labels and kinds are those that programs for Apple's systems look
// for.
#include "securetransport/trust/certificate_listing.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/rich_certificate.h"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

Certificate rich() { return Certificate::from_pem(kRichCertificate).value().front(); }

/// The value as text, the kind in front where it is not a string: "data:3", "[...]" for a section.
struct Show {
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const ListedUrl& url) const { return "url:" + url.text; }
  std::string operator()(const std::vector<std::uint8_t>& bytes) const {
    return "data:" + std::to_string(bytes.size());
  }
  std::string operator()(std::int64_t number) const { return "number:" + std::to_string(number); }
  std::string operator()(std::chrono::sys_seconds moment) const {
    return "moment:" + std::to_string(moment.time_since_epoch().count());
  }
  std::string operator()(const ListedDate& date) const {
    return "date:" + std::to_string(date.moment.time_since_epoch().count());
  }
  std::string operator()(const ListedValue::Section& section) const {
    std::string text;
    for (const ListedValue& value : section) {
      text += (text.empty() ? "" : "; ") + value.label + "=" + std::visit(Show{}, value.value);
    }
    return "[" + text + "]";
  }
  std::string operator()(const ListedValue::Texts& texts) const {
    std::string text;
    for (const std::string& each : texts) text += (text.empty() ? "" : ",") + each;
    return "texts:" + text;
  }
  std::string operator()(const ListedValue::Blobs& blobs) const { return "blobs:" + std::to_string(blobs.size()); }
};

std::string shown(const std::vector<ListedField>& listing, const std::string& key) {
  const auto found = std::find_if(listing.begin(), listing.end(), [&](const auto& field) { return field.key == key; });
  return found == listing.end() ? "absent" : found->value.label + " = " + std::visit(Show{}, found->value.value);
}

TEST(CertificateListing, HasAppleKeysAndLabels) {
  const auto listing = list_certificate(rich(), kNow);
  const std::vector<std::pair<std::string, std::string>> rows{
      {"2.16.840.1.113741.2.1.1.1.2", "Version = 3"},
      {"2.16.840.1.113741.2.1.1.1.3", "Serial Number = 00 AE C5 56 CC 72 37 50 A2"},
      {"2.16.840.1.113741.2.1.1.1.5", "Issuer Name = [2.5.4.6=DE; 2.5.4.10=Example Issuer; 2.5.4.3=Rich Issuer]"},
      // 2026-11-27T17:34:59Z and 2126-11-03T17:34:59Z.
      {"2.16.840.1.113741.2.1.1.1.6", "Not Valid Before = moment:1795800899"},
      {"2.16.840.1.113741.2.1.1.1.7", "Not Valid After = moment:4949400899"},
      {"2.5.29.24", "Expires = date:4949400899"},
      {"2.16.840.1.113741.2.1.1.1.9", "Public Key Algorithm = [Algorithm=1.2.840.10045.2.1; Parameters=data:10]"},
      {"2.16.840.1.113741.2.1.1.1.10", "Public Key Data = data:65"},
      {"2.16.840.1.113741.2.1.3.2.1", "Signature Algorithm = [Algorithm=1.2.840.10045.4.3.2; Parameters=none]"},
      {"2.16.840.1.113741.2.1.3.2.2", "Signature = data:71"},
      {"2.5.4.3", "CN = texts:Outer Name,inner  name"},
      {"1.2.840.113549.1.9.1", "Email Addresses = texts:first@example.com,someone@example.com"},
      {"2.5.29.15", "Key Usage = number:353"},
      {"2.5.29.37", "Extended Key Usage = blobs:2"},
      {"2.5.29.19", "2.5.29.19 = [Critical=Yes; Certificate Authority=Yes; Path Length Constraint=3]"},
      {"2.5.29.14", "2.5.29.14 = [Critical=No; Key Identifier=data:20]"},
      {"2.5.29.35",
       "2.5.29.35 = [Critical=No; Key Identifier=data:20; Directory Name=[2.5.4.6=DE; 2.5.4.10=Example Issuer; "
       "2.5.4.3=Rich Issuer]; Authority Certificate Serial Number=00 FE DC BA]"},
      {"2.5.29.17",
       "2.5.29.17 = [Critical=No; DNS Name=www.example.com; DNS Name=*.example.net; Email Address=first@example.com; "
       "URI=url:https://example.com/path; IP Address=192.0.2.1; IP Address=2001:db8::1; Directory Name=[2.5.4.6=SE; "
       "2.5.4.3=Directory Person]; Registered ID=1.2.3.4; Other Name=[1.3.6.1.4.1.311.20.2.3=data:18]]"},
      {"2.5.29.18", "2.5.29.18 = [Critical=No; URI=url:http://issuer.example.com/]"},
      {"1.3.6.1.5.5.7.1.1",
       "1.3.6.1.5.5.7.1.1 = [Critical=No; Access Method #1=1.3.6.1.5.5.7.48.1; URI=url:http://ocsp.example.com/; "
       "Access Method #2=1.3.6.1.5.5.7.48.2; URI=url:http://ca.example.com/ca.der]"},
      {"2.5.29.31", "2.5.29.31 = [Critical=No; URI=url:http://crl.example.com/a.crl]"},
      {"2.5.29.32", "2.5.29.32 = [Critical=No; Policy Identifier #1=2.23.140.1.2.1; Policy Identifier #2=1.2.3.4.5]"},
      {"1.2.3.4.5.6", "1.2.3.4.5.6 = [Critical=Yes; Data=data:5]"},
  };
  for (const auto& [key, value] : rows) EXPECT_EQ(shown(listing, key), value);
}

TEST(CertificateListing, CallsADateThatHasPassedExpired) {
  CertificateSpec spec = leaf_spec();
  spec.not_after = kNow - kDay;
  const auto listing = list_certificate(parsed(self_signed(spec)), kNow);
  EXPECT_EQ(shown(listing, "Expired"), "Expired = date:" + std::to_string((kNow - kDay).time_since_epoch().count()));
  EXPECT_EQ(shown(listing, "2.5.29.24"), "absent");
}

TEST(CertificateListing, ShowsAnExtensionThatCannotBeReadAsBytes) {
  for (const char* const type :
       {"2.5.29.14", "2.5.29.17", "2.5.29.31", "2.5.29.32", "2.5.29.35", "2.5.29.37", "1.3.6.1.5.5.7.1.1"}) {
    SCOPED_TRACE(type);
    CertificateSpec spec = leaf_spec();
    spec.names = {};
    spec.identifiers = KeyIdentifiers::Absent;
    spec.extended_key_usage = "";
    spec.extensions = {{type, false, {0x30, 0x05, 0x01}}};
    EXPECT_EQ(shown(list_certificate(parsed(self_signed(spec)), kNow), type),
              std::string(type) + " = [Critical=No; Data=data:3]");
  }
}

TEST(CertificateListing, OfACertificateWithoutASubjectHasNoCommonName) {
  CertificateSpec spec = leaf_spec();
  spec.subject = "";
  const auto listing = list_certificate(parsed(self_signed(spec)), kNow);
  EXPECT_EQ(shown(listing, "2.5.4.3"), "absent");
  EXPECT_EQ(shown(listing, "2.16.840.1.113741.2.1.1.1.8"), "Subject Name = []");
}

}  // namespace
}  // namespace securetransport::test
