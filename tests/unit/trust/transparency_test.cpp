// SPDX-License-Identifier: Apache-2.0
// Certificate transparency: timestamps of logs made on the spot (RFC 6962 sections 2 and 3), and Apple's rules of how
// many count (HT205280; CertificateTransparency.m).
#include "trust/transparency.hpp"

#include <gtest/gtest.h>

#include "staple_case.hpp"
#include "support/der.hpp"
#include "system_roots.hpp"

namespace securetransport::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using Moment = std::chrono::sys_time<milliseconds>;

constexpr const char* kMissing = "SystemTrustedCTRequired";
constexpr Moment kIssued = kNow - 30 * kDay;

enum class Hash : std::uint8_t { Sha1 = 2, Sha256 = 4, Sha384 = 5 };

Der number(std::uint64_t value, int size) {
  Der out;
  for (int at = size - 1; at >= 0; --at) out.push_back(static_cast<std::uint8_t>(value >> (8 * at)));
  return out;
}

Der vector_of(const Der& value, int length_size) { return joined({number(value.size(), length_size), value}); }

std::vector<std::uint8_t> spki_of(const Key& key) {
  unsigned char* bytes = nullptr;
  const int size = i2d_PUBKEY(key.get(), &bytes);
  const std::vector<std::uint8_t> spki(bytes, bytes + size);
  OPENSSL_free(bytes);
  return spki;
}

Der sha256(const Der& data) {
  Der digest(32);
  EVP_Digest(data.data(), data.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return digest;
}

Der signature_of(const Der& data, const Key& key, Hash hash) {
  const char* const name = hash == Hash::Sha1 ? "SHA1" : hash == Hash::Sha256 ? "SHA256" : "SHA384";
  const std::unique_ptr<EVP_MD_CTX, ossl::Deleter<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  EVP_DigestSignInit(context.get(), nullptr, EVP_get_digestbyname(name), nullptr, key.get());
  std::size_t size = 0;
  EVP_DigestSign(context.get(), nullptr, &size, data.data(), data.size());
  Der signature(size);
  EXPECT_EQ(EVP_DigestSign(context.get(), signature.data(), &size, data.data(), data.size()), 1);
  signature.resize(size);
  return signature;
}

/// A log with its key.
struct TestLog {
  explicit TestLog(KeyKind kind = KeyKind::EcP256) : key(make_key(kind)), log{"test log", "tests", spki_of(key)} {}

  Key key;
  CtLog log;

  [[nodiscard]] TestLog retired(sys_seconds since) const {
    TestLog copy = *this;
    copy.log.retired_since = since;
    return copy;
  }
};

/// What a timestamp looks like when it is right; every field may be wrong on purpose.
struct StampSpec {
  TestLog log;
  Moment time = kIssued;
  Hash hash = Hash::Sha256;
  std::optional<std::uint8_t> hash_byte = {};  ///< Instead of the true one.
  std::uint8_t version = 0;
  Der extensions = {};
  Der behind = {};  ///< After the signature.
  bool is_damaged = false;
  std::optional<std::uint64_t> raw_time = {};
};

/// RFC 6962 section 3.2, over an entry of a log.
Der stamp(const StampSpec& spec, const Der& entry) {
  const Der time = number(spec.raw_time.value_or(static_cast<std::uint64_t>(spec.time.time_since_epoch().count())), 8);
  const Der extensions = vector_of(spec.extensions, 2);
  Der signature = signature_of(joined({Der{0, 0}, time, entry, extensions}), spec.log.key, spec.hash);
  if (spec.is_damaged) signature.back() ^= 1U;
  const bool is_rsa = EVP_PKEY_is_a(spec.log.key.get(), "RSA") == 1;
  const std::uint8_t hash = spec.hash_byte.value_or(static_cast<std::uint8_t>(spec.hash));
  return joined({Der{spec.version}, sha256(spec.log.log.spki), time, extensions,
                 Der{hash, static_cast<std::uint8_t>(is_rsa ? 1 : 3)}, vector_of(signature, 2), spec.behind});
}

Der list_of(const std::vector<Der>& stamps) {
  std::vector<Der> entries;
  for (const Der& one : stamps) entries.push_back(vector_of(one, 2));
  return vector_of(joined(entries), 2);
}

/// The TBSCertificate: the first element of the certificate's sequence.
Der tbs_of(const TestCertificate& certificate) {
  const std::uint8_t* at = certificate.der.data();
  long length = 0;
  int tag = 0;
  int tag_class = 0;
  ASN1_get_object(&at, &length, &tag, &tag_class, static_cast<long>(certificate.der.size()));
  const std::uint8_t* const start = at;
  ASN1_get_object(&at, &length, &tag, &tag_class, length);
  return {start, at + length};
}

Der x509_entry(const TestCertificate& leaf) { return joined({number(0, 2), vector_of(leaf.der, 3)}); }

class Transparency : public testing::Test {
 protected:
  const TestCertificate root = self_signed(old(root_spec()));
  const TestCertificate intermediate = issued_by(root, old(intermediate_spec()));
  const std::shared_ptr<const RootStore> as_system = system_roots({root});
  const TestLog a;
  const TestLog b;
  const TestLog c;
  const TestLog d;
  const TestLog e;

  static CertificateSpec old(CertificateSpec spec) {
    spec.not_before = sys_days(year(2010) / 1 / 1);
    spec.not_after = sys_days(year(2049) / 1 / 1);
    return spec;
  }

  /// A leaf with timestamps in it. They are about the certificate without them, which is made first.
  [[nodiscard]] TestCertificate with_stamps(CertificateSpec spec, const std::vector<StampSpec>& stamps) const {
    spec.serial = {0x47, 0x11};
    const Key key = make_key(KeyKind::EcP256);
    const Der tbs = tbs_of(issued_by(intermediate, spec, key));
    const Der entry = joined({number(1, 2), sha256(spki_of(intermediate.key)), vector_of(tbs, 3)});
    std::vector<Der> made;
    for (const StampSpec& one : stamps) made.push_back(stamp(one, entry));
    spec.extensions.push_back({"1.3.6.1.4.1.11129.2.4.2", false, tlv(kDerOctets, list_of(made))});
    return issued_by(intermediate, spec, key);
  }
  [[nodiscard]] TestCertificate with_stamps(const std::vector<StampSpec>& stamps) const {
    return with_stamps(leaf_spec(), stamps);
  }
  [[nodiscard]] TestCertificate without_stamps() const { return issued_by(intermediate, leaf_spec()); }

  [[nodiscard]] Question question(const TestCertificate& leaf, const std::vector<TestLog>& known) const {
    Question asked{{leaf, intermediate}, {}};
    asked.roots = as_system;
    std::vector<CtLog> logs;
    for (const TestLog& one : known) logs.push_back(one.log);
    auto list = CtLogList::of(logs);
    EXPECT_TRUE(list.has_value());
    if (list) asked.ct_logs = *list;
    return asked;
  }

  [[nodiscard]] TrustResult judged(const TestCertificate& leaf, const std::vector<TestLog>& known,
                                   const Der& sent = {}) const {
    Question asked = question(leaf, known);
    asked.timestamps = sent;
    return judge(asked);
  }
  [[nodiscard]] std::string outcome(const std::vector<StampSpec>& embedded, const std::vector<TestLog>& known) const {
    const auto result = judged(with_stamps(embedded), known);
    EXPECT_EQ(result.is_transparent, result.trusted());
    return checks(result);
  }
};

TEST_F(Transparency, OfAThreeMonthsLeafTakesTwoLogs) {
  const std::vector<TestLog> known{a, b, c};
  EXPECT_EQ(outcome({{a}, {b}}, known), "trusted");
  EXPECT_EQ(outcome({{a}, {b}, {c}}, known), "trusted");
  EXPECT_EQ(outcome({{a}}, known), kMissing);
  EXPECT_EQ(outcome({}, known), kMissing);
  EXPECT_EQ(outcome({{a}, {a}}, known), kMissing) << "the same log twice";
  EXPECT_EQ(outcome({{a}, {a, kIssued + milliseconds(1)}}, known), kMissing) << "the same log at two times";
  EXPECT_EQ(outcome({{a}, {d}}, known), kMissing) << "a log that nobody knows";
  EXPECT_EQ(checks(judged(without_stamps(), known)), kMissing);
  const auto result = judged(with_stamps({{a}}), known);
  EXPECT_EQ(summary(result), "errSSLXCertChainInvalid@0");
  EXPECT_NE(details(result).find("needs 2 certificate transparency timestamps from different logs, and 1 count"),
            std::string::npos)
      << details(result);
}

// From 2021-04-21: 2 up to 180 days, 3 up to 825, else 4. Before: by whole months, 2 below 15, 3 up to 27, 4 up to 39.
TEST(TimestampsNeeded, DependOnTheLifetime) {
  struct Row {
    sys_seconds from;
    sys_seconds until;
    std::size_t needed;
  };
  const sys_seconds rule = sys_days(year(2021) / 4 / 21);
  const auto date = [](int y, unsigned m, unsigned d) {
    return sys_seconds(sys_days(year(y) / static_cast<int>(m) / static_cast<int>(d)));
  };
  for (const auto& [from, until, needed] : std::vector<Row>{
           {rule, rule + 180 * kDay, 2},
           {rule, rule + 180 * kDay + 1s, 3},
           {rule, rule + 825 * kDay, 3},
           {rule, rule + 825 * kDay + 1s, 4},
           {rule - 1s, rule + 180 * kDay + 1s, 2},
           {date(2020, 1, 15), date(2021, 4, 14), 2},
           {date(2020, 1, 15) + 12h, date(2021, 4, 15) + 12h - 1s, 2},
           {date(2020, 1, 15) + 12h, date(2021, 4, 15) + 12h, 3},
           {date(2019, 1, 15), date(2021, 4, 15), 3},
           {date(2019, 1, 15), date(2021, 5, 14), 3},
           {date(2019, 1, 15), date(2021, 5, 15), 4},
           {date(2019, 1, 15), date(2022, 4, 15), 4},
           {date(2019, 1, 15), date(2022, 5, 14), 4},
           {date(2019, 1, 15), date(2022, 5, 15), 5},
       }) {
    EXPECT_EQ(trust::timestamps_needed(from, until), needed)
        << from.time_since_epoch().count() << " until " << until.time_since_epoch().count();
  }
}

TEST_F(Transparency, OfALongerLeafTakesMoreLogs) {
  CertificateSpec spec = leaf_spec();
  spec.not_after = spec.not_before + 181 * kDay;
  const std::vector<TestLog> known{a, b, c};
  EXPECT_EQ(checks(judged(with_stamps(spec, {{a}, {b}}), known)), kMissing);
  EXPECT_EQ(checks(judged(with_stamps(spec, {{a}, {b}, {c}}), known)), "trusted");
}

// "a retired log counts for embedded SCTs only, and only if SCT and issuance lie before the retirement"; one log at
// least must still work.
TEST_F(Transparency, CountsRetiredLogsForWhatTheySaidBefore) {
  const sys_seconds issued = kNow - 30 * kDay;
  const TestLog later = b.retired(issued + 1s);
  EXPECT_EQ(outcome({{a}, {b}}, {a, later}), "trusted");
  EXPECT_EQ(outcome({{a}, {b, issued + 1s}}, {a, later}), kMissing) << "signed when it was retired";
  EXPECT_EQ(outcome({{a}, {b, issued + milliseconds(999)}}, {a, later}), "trusted");
  EXPECT_EQ(outcome({{a}, {b, issued - kDay}}, {a, b.retired(issued)}), kMissing) << "issued when it was retired";
  EXPECT_EQ(outcome({{a}, {b}}, {a.retired(kNow), later}), kMissing) << "no log works any more";
  const auto leaf = with_stamps({{a}});
  EXPECT_EQ(checks(judged(leaf, {a, later}, list_of({stamp({b}, x509_entry(leaf))}))), kMissing) << "not embedded";
}

TEST_F(Transparency, CountsReadOnlyLogsUpToTheirDate) {
  TestLog closed = b;
  closed.log.read_only_since = kNow - 20 * kDay;
  EXPECT_EQ(outcome({{a}, {b, kNow - 20 * kDay}}, {a, closed}), "trusted");
  EXPECT_EQ(outcome({{a}, {b, kNow - 20 * kDay + milliseconds(1)}}, {a, closed}), kMissing);
}

TEST_F(Transparency, CountsShardsForTheirCertificatesOnly) {
  const sys_seconds end = kNow + 60 * kDay;  // notAfter of the leaf.
  const auto shard = [&](sys_seconds first, sys_seconds last) {
    TestLog log = b;
    log.log.shard = std::pair(first, last);
    return log;
  };
  EXPECT_EQ(outcome({{a}, {b}}, {a, shard(end - kDay, end + kDay)}), "trusted");
  EXPECT_EQ(outcome({{a}, {b}}, {a, shard(end, end + 1s)}), "trusted");
  EXPECT_EQ(outcome({{a}, {b}}, {a, shard(end - kDay, end)}), kMissing) << "it ends before";
  EXPECT_EQ(outcome({{a}, {b}}, {a, shard(end + 1s, end + kDay)}), kMissing) << "it begins after";
}

TEST_F(Transparency, DoesNotCountTimestampsOfTheFuture) {
  EXPECT_EQ(outcome({{a}, {b, kNow}}, {a, b}), "trusted");
  EXPECT_EQ(outcome({{a}, {b, kNow + milliseconds(1)}}, {a, b}), kMissing);
  EXPECT_EQ(outcome({{a}, {b, kNow + kDay}}, {a, b}), kMissing);
  StampSpec forever{b};
  forever.raw_time = 0xFFFFFFFFFFFFFFFFULL;
  EXPECT_EQ(outcome({{a}, forever}, {a, b}), kMissing) << "the largest number is no time before 1970";
}

TEST_F(Transparency, CountsGoodSignaturesOnly) {
  const auto with = [&](auto change) {
    StampSpec spec{b};
    change(spec);
    return outcome({{a}, spec}, {a, b});
  };
  EXPECT_EQ(with([](auto&) {}), "trusted");
  EXPECT_EQ(with([](auto& spec) { spec.extensions = {1, 2, 3}; }), "trusted") << "they are signed too";
  EXPECT_EQ(with([](auto& spec) { spec.hash = Hash::Sha384; }), "trusted");
  EXPECT_EQ(with([](auto& spec) { spec.hash = Hash::Sha1; }), kMissing) << "RFC 6962 section 2.1.4 has SHA-256 only";
  EXPECT_EQ(with([](auto& spec) { spec.hash_byte = 5; }), kMissing) << "another hash than it says";
  EXPECT_EQ(with([](auto& spec) { spec.is_damaged = true; }), kMissing);
  EXPECT_EQ(with([](auto& spec) { spec.version = 1; }), kMissing) << "another version";
  EXPECT_EQ(with([](auto& spec) { spec.behind = {0}; }), kMissing) << "bytes behind the signature";
  const TestLog rsa(KeyKind::Rsa2048);
  EXPECT_EQ(outcome({{a}, {rsa}}, {a, rsa}), "trusted");
}

TEST_F(Transparency, OfAnotherCertificateMeansNothing) {
  // The timestamps of one certificate, put into another.
  const auto good = with_stamps({{a}, {b}});
  CertificateSpec other = leaf_spec();
  other.serial = {0x47, 0x12};
  const Der entry = joined({number(1, 2), sha256(spki_of(intermediate.key)), vector_of(tbs_of(good), 3)});
  const Der list = list_of({stamp({a}, entry), stamp({b}, entry)});
  other.extensions.push_back({"1.3.6.1.4.1.11129.2.4.2", false, tlv(kDerOctets, list)});
  EXPECT_EQ(checks(judged(issued_by(intermediate, other), {a, b})), kMissing);
}

// Or two working logs in all, one of whose timestamps came with the handshake.
TEST_F(Transparency, MayComeWithTheHandshake) {
  const auto plain = without_stamps();
  const Der entry = x509_entry(plain);
  const std::vector<TestLog> known{a, b};
  EXPECT_EQ(checks(judged(plain, known, list_of({stamp({a}, entry), stamp({b}, entry)}))), "trusted");
  EXPECT_EQ(checks(judged(plain, known, list_of({stamp({a}, entry)}))), kMissing);
  EXPECT_EQ(checks(judged(plain, known, list_of({stamp({a}, entry), stamp({a}, entry)}))), kMissing);
  const auto half = with_stamps({{a}});
  EXPECT_EQ(checks(judged(half, known, list_of({stamp({b}, x509_entry(half))}))), "trusted") << "one each";
  EXPECT_EQ(checks(judged(half, known, list_of({stamp({a}, x509_entry(half))}))), kMissing) << "the same log";
  EXPECT_EQ(checks(judged(half, known, list_of({stamp({b}, x509_entry(plain))}))), kMissing) << "for another leaf";
  CertificateSpec spec = leaf_spec();
  spec.not_after = spec.not_before + 300 * kDay;
  const auto longer = with_stamps(spec, {{a}});
  EXPECT_EQ(checks(judged(longer, known, list_of({stamp({b}, x509_entry(longer))}))), "trusted")
      << "two logs do whatever the lifetime is";
}

TEST_F(Transparency, MayComeInTheStaple) {
  const auto plain = without_stamps();
  const auto stapled = [&](const std::vector<Der>& stamps) {
    Answer answer{plain, intermediate};
    answer.extensions = {{"1.3.6.1.4.1.11129.2.4.5", false, tlv(kDerOctets, list_of(stamps))}};
    Question asked = question(plain, {a, b});
    asked.staple = staple_of({{answer}, intermediate});
    return checks(judge(asked));
  };
  const Der entry = x509_entry(plain);
  EXPECT_EQ(stapled({stamp({a}, entry), stamp({b}, entry)}), "trusted");
  EXPECT_EQ(stapled({stamp({a}, entry)}), kMissing);
  EXPECT_EQ(stapled({}), kMissing);
}

TEST_F(Transparency, OfAListThatIsNotWholeDoesNotCount) {
  const auto plain = without_stamps();
  const Der entry = x509_entry(plain);
  const Der first = stamp({a}, entry);
  const Der second = stamp({b}, entry);
  const Der good = list_of({first, second});
  EXPECT_EQ(checks(judged(plain, {a, b}, good)), "trusted");
  for (std::size_t size = 0; size < good.size(); ++size) {
    ASSERT_EQ(checks(judged(plain, {a, b}, Der(good.begin(), good.begin() + static_cast<long>(size)))), kMissing)
        << size;
  }
  EXPECT_EQ(checks(judged(plain, {a, b}, joined({good, Der{0}}))), kMissing);
  EXPECT_EQ(checks(judged(plain, {a, b}, vector_of(joined({vector_of(first, 2), Der{0xFF, 0xFF}}), 2))), kMissing);
  // One that cannot be read does not spoil the others.
  EXPECT_EQ(checks(judged(plain, {a, b}, list_of({first, Der{}, Der{1, 2, 3}, second}))), "trusted");
}

TEST_F(Transparency, IsAskedOfServersBelowSystemRootsUnderApplesPolicyOnly) {
  const auto plain = without_stamps();
  Question asked = question(plain, {a, b});
  EXPECT_EQ(checks(judge(asked)), kMissing);

  Question other = asked;
  other.policy = TrustPolicy::Rfc5280;
  EXPECT_EQ(checks(judge(other)), "trusted");
  EXPECT_FALSE(judge(other).is_transparent);
  other = asked;
  other.ct_logs = nullptr;
  EXPECT_EQ(checks(judge(other)), "trusted") << "no list of logs";
  other = asked;
  other.roots = RootStore::of(parsed(std::vector{root}));
  EXPECT_EQ(checks(judge(other)), "trusted") << "a root of the program";
  other = asked;
  other.peer_role = PeerRole::Client;
  other.sent[0] = issued_by(intermediate, [] {
    CertificateSpec spec = leaf_spec();
    spec.extended_key_usage = "clientAuth";
    return spec;
  }());
  EXPECT_EQ(checks(judge(other)), "trusted") << "a client";
  other = asked;
  other.time = kNow + 100 * kDay;
  EXPECT_EQ(checks(judge(other)), "TemporalValidity") << "it has expired";
  other.time = kNow - 100 * kDay;
  EXPECT_EQ(checks(judge(other)), "TemporalValidity") << "it is not valid yet";
}

TEST_F(Transparency, IsAskedOfCertificatesSinceOctober2018) {
  const sys_seconds rule = sys_days(year(2018) / 10 / 16);
  for (const auto& [issued, expected] : {std::pair(rule, kMissing), std::pair(rule - 1s, "trusted")}) {
    CertificateSpec spec = leaf_spec();
    spec.not_before = issued;
    spec.not_after = issued + 365 * kDay;
    Question asked = question(issued_by(intermediate, spec), {a, b});
    asked.time = issued + kDay;
    EXPECT_EQ(checks(judge(asked)), expected);
  }
}

TEST_F(Transparency, IsToldWhereItIsNotAskedToo) {
  Question asked = question(with_stamps({{a}, {b}}), {a, b});
  asked.roots = RootStore::of(parsed(std::vector{root}));
  EXPECT_TRUE(judge(asked).is_transparent);
  asked.ct_logs = nullptr;
  EXPECT_FALSE(judge(asked).is_transparent);
}

TEST(CtLogs, WithoutAReadableKeyAreRefused) {
  CtLog log{"Broken 2026", "nobody", {1, 2, 3}};
  const auto list = CtLogList::of(std::vector{log});
  ASSERT_FALSE(list.has_value());
  EXPECT_EQ(symbol_of(list.error().code), "errSSLConfigurationFailed");
  EXPECT_NE(list.error().detail.find("Broken 2026"), std::string::npos);
  log.spki = TestLog().log.spki;
  log.spki.push_back(0);
  EXPECT_FALSE(CtLogList::of(std::vector{log}).has_value()) << "bytes behind the key";
}

}  // namespace
}  // namespace securetransport::test
