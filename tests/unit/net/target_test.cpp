// SPDX-License-Identifier: Apache-2.0
// Targets as people type them, and the one-line complaints about what is not one.
#include "net/target.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace securetransport::net {
namespace {

struct GoodRow {
  std::string_view text;
  std::string_view host;
  std::uint16_t port;
  HostKind kind = HostKind::Name;
  std::string_view scheme = {};
  std::string_view path = "/";
};

constexpr GoodRow kGood[] = {
    {"example.com", "example.com", 443},
    {"example.com:8443", "example.com", 8443},
    {"EXAMPLE.Com", "example.com", 443},
    {"example.com.", "example.com", 443},
    {"example.com.:993", "example.com", 993},
    {"localhost:1", "localhost", 1},
    {"example.com:65535", "example.com", 65535},
    {"example.com:00443", "example.com", 443},
    {"_dns.example.com", "_dns.example.com", 443},
    {"xn--bcher-kva.example", "xn--bcher-kva.example", 443},
    {"example.com/login", "example.com", 443, HostKind::Name, "", "/login"},
    {"example.com:8443/a?b=c#d", "example.com", 8443, HostKind::Name, "", "/a?b=c"},
    {"example.com/?next=https://other.example", "example.com", 443, HostKind::Name, "", "/?next=https://other.example"},
    {"192.0.2.1", "192.0.2.1", 443, HostKind::V4},
    {"192.0.2.1.", "192.0.2.1", 443, HostKind::V4},
    {"192.0.2.1:853", "192.0.2.1", 853, HostKind::V4},
    {"::1", "::1", 443, HostKind::V6},
    {"2001:DB8:0:0::1", "2001:db8::1", 443, HostKind::V6},
    {"::ffff:192.0.2.1", "::ffff:192.0.2.1", 443, HostKind::V6},
    {"[::1]", "::1", 443, HostKind::V6},
    {"[::1]:8443", "::1", 8443, HostKind::V6},
    {"https://[2001:db8::1]:8443/x", "2001:db8::1", 8443, HostKind::V6, "https", "/x"},
    {"https://example.com", "example.com", 443, HostKind::Name, "https"},
    {"HTTPS://example.com/", "example.com", 443, HostKind::Name, "https"},
    {"https://example.com:/", "example.com", 443, HostKind::Name, "https"},
    {"https://example.com?q", "example.com", 443, HostKind::Name, "https", "/?q"},
    {"https://example.com#part", "example.com", 443, HostKind::Name, "https"},
    {"https://example.com:444/a/b", "example.com", 444, HostKind::Name, "https", "/a/b"},
    {"https://user:secret@example.com/a@b", "example.com", 443, HostKind::Name, "https", "/a@b"},
    {"https://user@odd@example.com:444", "example.com", 444, HostKind::Name, "https"},
    {"smtps://mail.example", "mail.example", 465, HostKind::Name, "smtps"},
    {"imaps://mail.example", "mail.example", 993, HostKind::Name, "imaps"},
    {"pop3s://mail.example", "mail.example", 995, HostKind::Name, "pop3s"},
    {"ldaps://ldap.example", "ldap.example", 636, HostKind::Name, "ldaps"},
    {"wss://chat.example/socket", "chat.example", 443, HostKind::Name, "wss", "/socket"},
    {"foo+bar://example.com:4433", "example.com", 4433, HostKind::Name, "foo+bar"},
};

TEST(Target, ReadsEveryFormThatPeopleType) {
  for (const GoodRow& row : kGood) {
    SCOPED_TRACE(row.text);
    const NetResult<Target> target = parse_target(row.text);
    ASSERT_TRUE(target) << target.error().detail;
    EXPECT_EQ(target->original, row.text);
    EXPECT_EQ(target->host, row.host);
    EXPECT_EQ(target->port, row.port);
    EXPECT_EQ(target->kind, row.kind);
    EXPECT_EQ(target->scheme, row.scheme);
    EXPECT_EQ(target->path, row.path);
    EXPECT_FALSE(target->starts_in_plaintext);
  }
}

struct BadRow {
  std::string_view text;
  std::string_view complaint;  ///< Part of the message.
};

constexpr BadRow kBad[] = {
    {"", "no host name"},
    {".", "no host name"},
    {":443", "no host name"},
    {"https://", "no host name"},
    {"https:///path", "no host name"},
    {"https://user@", "no host name"},
    {"example.com:", "no port number"},
    {"[::1]:", "no port number"},
    {"example.com:0", "not between 1 and 65535"},
    {"example.com:65536", "not between 1 and 65535"},
    {"example.com:99999999999999999999", "not between 1 and 65535"},
    {"example.com:https", "not a number"},
    {"example.com:44x", "not a number"},
    {"example.com:-1", "not a number"},
    {"example.com:+1", "not a number"},
    {"https:/example.com", "no port number"},
    {"mailto:someone", "not a number"},
    {" example.com", "space"},
    {"example.com ", "space"},
    {"exam ple.com", "space"},
    {"example.com\n", "control character"},
    {std::string_view("exa\0mple.com", 12), "control character"},
    {"a..b", "empty label"},
    {".example.com", "empty label"},
    {"example.com..", "empty label"},
    {"exam*ple.com", "character '*'"},
    {"exam%41ple.com", "character '%'"},
    {"example.com\\x", "character '\\'"},
    {"127.1", "not a complete IPv4 address"},
    {"256.0.0.1", "not a complete IPv4 address"},
    {"1.2.3.4.5", "not a complete IPv4 address"},
    {"8080", "not a complete IPv4 address"},
    {"1:2:3", "not an IPv6 address"},
    {"::1]:443", "not an IPv6 address"},
    {"[::1", "no ']'"},
    {"[::1]443", "may follow the ']'"},
    {"[::1]x:443", "may follow the ']'"},
    {"[]:443", "not an IPv6 address"},
    {"[example.com]:443", "not an IPv6 address"},
    {"[192.0.2.1]:443", "not an IPv6 address"},
    {"[fe80::1%]:443", "zone"},
    {"[fe80::1%a$b]:443", "zone"},
    {"user@example.com", "without what stands before the '@'"},
    {"://example.com", "not a scheme"},
    {"1http://example.com", "not a scheme"},
    {"unheard-of://example.com", "no port is known"},
    {"\xff\xfe.example", "not a valid international name"},
    {"\xc2\x9b.example", "not a valid international name"},
};

TEST(Target, ComplainsAboutEverythingElseInOneLine) {
  for (const BadRow& row : kBad) {
    SCOPED_TRACE(row.text);
    const NetResult<Target> target = parse_target(row.text);
    ASSERT_FALSE(target) << target->host;
    EXPECT_EQ(target.error().what, NetError::BadTarget);
    EXPECT_NE(target.error().detail.find(row.complaint), std::string::npos) << target.error().detail;
    for (const char c : target.error().detail) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << static_cast<int>(c);
  }
}

TEST(Target, RefusesNamesThatAreTooLong) {
  const std::string label(63, 'a');
  EXPECT_TRUE(parse_target(label + ".example"));
  EXPECT_FALSE(parse_target(label + "a.example"));
  const std::string longest = label + "." + label + "." + label + "." + std::string(61, 'a');
  EXPECT_TRUE(parse_target(longest));
  EXPECT_TRUE(parse_target(longest + "."));
  EXPECT_FALSE(parse_target(longest + "a"));
}

TEST(Target, KeepsTheComplaintShortForALongText) {
  const NetResult<Target> target = parse_target(std::string(1'000'000, 'x'));
  ASSERT_FALSE(target);
  EXPECT_LT(target.error().detail.size(), 200U);
}

TEST(Target, KeepsPasswordsOutOfComplaints) {
  const NetResult<Target> target = parse_target("https://user:secret@example.com:0/");
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().detail.find("secret"), std::string::npos) << target.error().detail;
}

TEST(Target, FlagsServicesThatBeginWithoutTls) {
  const NetResult<Target> http = parse_target("http://example.com/");
  ASSERT_TRUE(http);
  EXPECT_TRUE(http->starts_in_plaintext);
  EXPECT_EQ(http->port, 80);
  const NetResult<Target> smtp = parse_target("smtp://mail.example");
  ASSERT_TRUE(smtp);
  EXPECT_TRUE(smtp->starts_in_plaintext);
  EXPECT_EQ(smtp->port, 25);
}

TEST(Target, TakesTheCallersDefaultPortOnlyWithoutAScheme) {
  EXPECT_EQ(parse_target("example.com", 853)->port, 853);
  EXPECT_EQ(parse_target("https://example.com", 853)->port, 443);
}

TEST(Target, TurnsInternationalNamesIntoALabelsAndKeepsThemForDisplay) {
  // The examples of RFC 3492 section 7 and UTS #46 section 4 (non-transitional: sharp s stays itself).
  const struct {
    std::string_view text, host;
  } rows[] = {
      {"b\xc3\xbc"
       "cher.example",
       "xn--bcher-kva.example"},
      {"B\xc3\x9c"
       "CHER.example",
       "xn--bcher-kva.example"},
      {"fa\xc3\x9f.de", "xn--fa-hia.de"},
      {"\xe4\xbe\x8b\xe3\x81\x88.\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88", "xn--r8jz45g.xn--zckzah"},
      {"example\xe3\x80\x82"
       "com",
       "example.com"},  // Ideographic full stop.
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    const NetResult<Target> target = parse_target(row.text);
    ASSERT_TRUE(target) << target.error().detail;
    EXPECT_EQ(target->host, row.host);
    EXPECT_EQ(target->display_host, row.text);
  }
}

TEST(Target, SeesAnAddressBehindFullWidthDigits) {
  const NetResult<Target> target = parse_target("\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1");
  ASSERT_TRUE(target) << target.error().detail;
  EXPECT_EQ(target->host, "127.0.0.1");
  EXPECT_EQ(target->kind, HostKind::V4);
}

TEST(Target, SaysWhatToLookUpAndWhatToPrint) {
  EXPECT_EQ(parse_target("example.com.:444")->lookup_name(), "example.com.");
  EXPECT_EQ(parse_target("example.com.:444")->authority(), "example.com:444");
  EXPECT_EQ(parse_target("[::1]:444")->lookup_name(), "::1");
  EXPECT_EQ(parse_target("[::1]:444")->authority(), "[::1]:444");
  EXPECT_EQ(parse_target("fe80::1%eth0")->lookup_name(), "fe80::1%eth0");
  EXPECT_EQ(parse_target("https://[fe80::1%25eth0]/")->lookup_name(), "fe80::1%eth0");
  EXPECT_EQ(parse_target("fe80::1%eth0")->host, "fe80::1");
}

}  // namespace
}  // namespace securetransport::net
