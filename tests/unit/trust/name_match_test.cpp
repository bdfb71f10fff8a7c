// SPDX-License-Identifier: Apache-2.0
// Names of peers against names of certificates, by RFC 9525 section 6.
#include "trust/name_match.hpp"

#include <gtest/gtest.h>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using namespace std::string_literals;

Certificate with_names(std::vector<std::string> names, std::string subject = "leaf") {
  CertificateSpec spec = leaf_spec(std::move(names));
  spec.subject = std::move(subject);
  return parsed(self_signed(spec));
}

enum Expected { Covers, DoesNot };

struct Row {
  std::string certificate_name;
  std::string peer_name;
  Expected expected;
};

const Row kRows[] = {
    {"DNS:a.com", "a.com", Covers},
    {"DNS:a.com", "b.com", DoesNot},
    {"DNS:a.com", "x.a.com", DoesNot},
    {"DNS:a.com", "aa.com", DoesNot},
    {"DNS:x.a.com", "a.com", DoesNot},
    {"DNS:localhost", "localhost", Covers},
    // "case-insensitive": RFC 9525 section 6.3, "ASCII case-insensitive comparison".
    {"DNS:Www.EXAMPLE.com", "wWW.example.COM", Covers},
    {"DNS:\x41\xC3\x9C.com", "a\xC3\xBC.com", DoesNot},
    // The trailing dot of an absolute name is no part of the reference identifier; in a certificate it is a mistake.
    {"DNS:a.com", "a.com.", Covers},
    {"DNS:a.com.", "a.com", DoesNot},
    {"DNS:a.com.", "a.com.", DoesNot},
    {"DNS:a.com", "a.com..", DoesNot},
    {"DNS:a.com", ".", DoesNot},
    // Wildcards: one label, the left-most, whole, not right under a top-level domain.
    {"DNS:*.a.com", "x.a.com", Covers},
    {"DNS:*.a.com", "X.A.com.", Covers},
    {"DNS:*.a.com", "a.com", DoesNot},
    {"DNS:*.a.com", ".a.com", DoesNot},
    {"DNS:*.a.com", "x.y.a.com", DoesNot},
    {"DNS:*.a.com", "x_y.a.com", Covers},
    {"DNS:*.a.com", "xn--bcher-kva.a.com", Covers},
    {"DNS:*.a_b.com", "x.a_b.com", Covers},
    {"DNS:w*.a.com", "www.a.com", DoesNot},
    {"DNS:*w.a.com", "www.a.com", DoesNot},
    {"DNS:w*w.a.com", "www.a.com", DoesNot},
    {"DNS:xn--*.a.com", "xn--x.a.com", DoesNot},
    {"DNS:x.*.com", "x.a.com", DoesNot},
    {"DNS:*.*.com", "x.a.com", DoesNot},
    {"DNS:**.a.com", "x.a.com", DoesNot},
    {"DNS:*.com", "a.com", DoesNot},
    {"DNS:*", "localhost", DoesNot},
    {"DNS:*.", "localhost", DoesNot},
    {"DNS:*.a.com", "*.a.com", DoesNot},
    {"DNS:w*.a.com", "w*.a.com", DoesNot},
    {"DNS:.a.com", "x.a.com", DoesNot},
    {"DNS:x.a.com", ".a.com", DoesNot},
    // Underscores and other characters.
    {"DNS:a_b.example.com", "a_b.example.com", Covers},
    {"DNS:a b.com", "a b.com", DoesNot},
    {"DNS: a.com", "a.com", DoesNot},
    {"DNS:good.com\0.evil.com"s, "good.com", DoesNot},
    {"DNS:good.com\0.evil.com"s, "good.com\0.evil.com"s, DoesNot},
    {"DNS:good.com", "good.com\0.evil.com"s, DoesNot},
    {"DNS:xn--bcher-kva.de", "xn--bcher-kva.de", Covers},
    {"DNS:b\xC3\xBC"
     "cher.de",
     "b\xC3\xBC"
     "cher.de",
     DoesNot},
    {"DNS:b\xC3\xBC"
     "cher.de",
     "xn--bcher-kva.de", DoesNot},
    // Addresses match iPAddress only, octet by octet.
    {"IP:192.0.2.1", "192.0.2.1", Covers},
    {"IP:192.0.2.1", "192.0.2.2", DoesNot},
    {"IP:192.0.2.1", "192.0.2.1.", DoesNot},
    {"IP:192.0.2.1", "192.0.2.01", DoesNot},
    {"IP:192.0.2.1", "[192.0.2.1]", DoesNot},
    {"IP:192.0.2.1", "::ffff:192.0.2.1", DoesNot},
    {"DNS:192.0.2.1", "192.0.2.1", DoesNot},
    {"DNS:*.0.2.1", "192.0.2.1", DoesNot},
    {"DNS:127.1", "127.1", DoesNot},
    {"IP:2001:db8::1", "2001:db8::1", Covers},
    {"IP:2001:db8::1", "[2001:db8::1]", Covers},
    {"IP:2001:db8::1", "2001:DB8:0:0:0:0:0:1", Covers},
    {"IP:2001:db8::1", "[2001:db8::2]", DoesNot},
    {"IP:2001:db8::1", "[2001:db8::1", DoesNot},
    {"IP:2001:db8::1", "2001:db8::1]", DoesNot},
    {"IP:2001:db8::1", "2001:db8::1%eth0", DoesNot},
    {"DNS:2001:db8::1", "2001:db8::1", DoesNot},
    {"BYTES:\xC0\x02\x01", "192.0.2.1", DoesNot},
};

TEST(NameMatch, FollowsRfc9525) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(testing::PrintToString(row.certificate_name) + " against " + testing::PrintToString(row.peer_name));
    const auto fault = trust::name_fault(with_names({row.certificate_name}), row.peer_name, TrustPolicy::Apple);
    EXPECT_EQ(fault ? "does not" : "covers", std::string(row.expected == Covers ? "covers" : "does not"))
        << (fault ? fault->detail : "");
  }
}

TEST(NameMatch, FindsANameAnywhereInTheList) {
  const auto certificate = with_names({"DNS:a.com", "IP:192.0.2.1", "DNS:*.b.com"});
  for (const char* const name : {"a.com", "192.0.2.1", "x.b.com"}) {
    EXPECT_FALSE(trust::name_fault(certificate, name, TrustPolicy::Apple).has_value()) << name;
  }
}

TEST(NameMatch, NeverLooksAtTheCommonName) {
  EXPECT_TRUE(trust::name_fault(with_names({}, "www.example.com"), "www.example.com", TrustPolicy::Apple).has_value());
  EXPECT_TRUE(trust::name_fault(with_names({"IP:192.0.2.1"}, "www.example.com"), "www.example.com", TrustPolicy::Apple)
                  .has_value());
  EXPECT_TRUE(trust::name_fault(with_names({}, "192.0.2.1"), "192.0.2.1", TrustPolicy::Apple).has_value());
}

TEST(NameMatch, SaysWhichNamesTheCertificateHas) {
  std::vector<std::string> many;
  for (int at = 0; at < 12; ++at) many.push_back("DNS:n" + std::to_string(at) + ".com");
  struct Detail {
    Certificate certificate;
    const char* peer_name;
    const char* expected;
    const char* rule;
  };
  const Detail rows[] = {
      {with_names({"DNS:a.com", "IP:192.0.2.1"}), "b.com",
       "the name \"b.com\" is not covered: the certificate is for a.com, 192.0.2.1", "RFC 9525 section 6.3"},
      {with_names({"DNS:a.com"}), "192.0.2.9",
       "the IP address \"192.0.2.9\" is not covered: the certificate is for a.com", "RFC 9525 section 6.4"},
      {with_names(many), "b.com",
       "the name \"b.com\" is not covered: the certificate is for n0.com, n1.com, n2.com, n3.com, n4.com, n5.com, "
       "n6.com, n7.com, n8.com, n9.com and 2 more",
       "RFC 9525 section 6.3"},
      {with_names({}, "b.com"), "b.com",
       "the name \"b.com\" is not covered: the certificate has no subject alternative name of a host, and its common "
       "name is not used",
       "RFC 9525 section 6.3"},
      {with_names({"DNS:a.com"}),
       "b\xC3\xBC"
       "cher.de",
       "the name \"b\xC3\xBC"
       "cher.de\" is not covered: the certificate is for a.com",
       "RFC 9525 section 6.3"},
      {with_names({"DNS:a.com"}), "a\n.com", "the peer name \"a\\0A.com\" is neither a DNS name nor an IP address",
       "RFC 9525 section 6.3"},
  };
  for (const Detail& row : rows) {
    SCOPED_TRACE(row.peer_name);
    const auto fault = trust::name_fault(row.certificate, row.peer_name, TrustPolicy::Apple);
    ASSERT_TRUE(fault.has_value());
    EXPECT_EQ(fault->detail, row.expected);
    EXPECT_EQ(fault->rule, row.rule);
  }
}

TEST(NameMatch, IsLeftOutIfNoNameIsGiven) {
  const auto own = self_signed(leaf_spec({}));
  EXPECT_EQ(summary(judge({{own}, {own}, ""})), "trusted");
  EXPECT_EQ(summary(judge({{own}, {own}, "a.com"})), "errSSLHostNameMismatch@0");
}

}  // namespace
}  // namespace securetransport::test
