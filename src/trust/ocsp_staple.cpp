// SPDX-License-Identifier: Apache-2.0
// The stapled OCSP response: is it a good and current answer about the leaf, by somebody who may give it?
#include "trust/ocsp_staple.hpp"

#include <openssl/ocsp.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "trust/asn1_time.hpp"
#include "trust/ocsp_responder.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, ossl::Deleter<OCSP_RESPONSE_free>>;
using BasicPtr = std::unique_ptr<OCSP_BASICRESP, ossl::Deleter<OCSP_BASICRESP_free>>;
using CertIdPtr = std::unique_ptr<OCSP_CERTID, ossl::Deleter<OCSP_CERTID_free>>;
using TlsFeaturePtr = std::unique_ptr<TLS_FEATURE, ossl::Deleter<TLS_FEATURE_free>>;

constexpr std::size_t kMaxBytes = 64UL * 1024UL;
constexpr std::chrono::minutes kTolerance{5};
constexpr std::chrono::days kLifeWithoutNextUpdate{7};
constexpr long kStatusRequest = 5;  // RFC 6066 section 1.1

constexpr std::string_view kSyntax = "RFC 6960 section 4.2.1";
constexpr std::string_view kUpdates = "RFC 6960 section 4.2.2.1";
constexpr std::string_view kExtensions = "RFC 6960 section 4.4";

/// Collects violations, all of which are about the leaf.
class Report {
 public:
  Report(const Certificate& leaf, std::vector<RankedViolation>& violations) : leaf_(leaf), violations_(violations) {}

  void bad_staple(std::string detail, std::string_view rule) {
    add(Rank::Status, ResultCode::BadCertificateStatusResponse, TrustCheck::RevocationResponse, std::move(detail),
        rule);
  }
  void revoked(std::string detail) {
    add(Rank::Structure, ResultCode::XCertChainInvalid, TrustCheck::Revocation, std::move(detail),
        "RFC 6960 section 2.2", Alert::CertificateRevoked);
  }
  void bad_certificate(std::string detail, std::string_view rule) {
    add(Rank::Unreadable, ResultCode::BadCert, TrustCheck::UnparseableExtension, std::move(detail), rule);
  }

 private:
  void add(Rank rank, ResultCode code, TrustCheck check, std::string detail, std::string_view rule,
           std::optional<Alert> alert = {}) {
    violations_.push_back(
        {rank, Violation{code, 0, leaf_.subject(), std::move(detail), std::string(rule), alert, check}});
  }

  const Certificate& leaf_;
  std::vector<RankedViolation>& violations_;
};

/// Whether the leaf promises a staple.
bool demands_staple(const Certificate& leaf, Report& report) {
  int place = 0;
  const TlsFeaturePtr features(
      static_cast<TLS_FEATURE*>(X509_get_ext_d2i(keyless_of(leaf), NID_tlsfeature, &place, nullptr)));
  if (!features && place >= 0)
    report.bad_certificate("its TLS feature extension cannot be read", "RFC 7633 section 4.2.3.1");
  for (int at = 0; features && at < sk_ASN1_INTEGER_num(features.get()); ++at) {
    if (ASN1_INTEGER_get(sk_ASN1_INTEGER_value(features.get(), at)) == kStatusRequest) return true;
  }
  return false;
}

/// The leaf's issuer, even of a path that is not trusted; also where the leaf itself is the anchor.
std::optional<Certificate> issuer_of_leaf(std::span<const Certificate> path, const TrustRequest& request) {
  if (path.size() > 1) return path[1];
  X509* const leaf = x509_of(request.chain.front());
  for (const Certificate& sent : request.chain.subspan(1)) {
    EVP_PKEY* const key = X509_get0_pubkey(x509_of(sent));
    if (X509_check_issued(x509_of(sent), leaf) != X509_V_OK || key == nullptr) continue;
    if (X509_verify(leaf, key) == 1) return sent;
  }
  return std::nullopt;
}

/// The answers in a response of right form; null, and a word in the report, for any other.
BasicPtr parse(std::span<const std::uint8_t> der, Report& report) {
  if (der.size() > kMaxBytes) {
    report.bad_staple(
        "the stapled OCSP response has " + std::to_string(der.size()) + " bytes; at most 65536 are accepted",
        "limit of this library");
    return nullptr;
  }
  const unsigned char* at = der.data();
  const ResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
  if (!response || at != der.data() + der.size()) {
    report.bad_staple(
        response ? "bytes follow the stapled OCSP response" : "the stapled OCSP response is malformed or cut short",
        kSyntax);
    return nullptr;
  }
  const int status = OCSP_response_status(response.get());
  if (status != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    report.bad_staple("the stapled OCSP response is no answer but an error: " +
                          std::string(OCSP_response_status_str(status)) + " (" + std::to_string(status) + ")",
                      "RFC 6960 section 2.3");
    return nullptr;
  }
  BasicPtr basic(OCSP_response_get1_basic(response.get()));
  if (!basic) report.bad_staple("the stapled OCSP response has no answers of the basic type", kSyntax);
  return basic;
}

/// The answers, as far as they can be read; what is wrong with the staple is said elsewhere.
BasicPtr basic_of(std::span<const std::uint8_t> der) {
  const unsigned char* at = der.data();
  const ResponsePtr response(der.empty() ? nullptr : d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
  return BasicPtr(response ? OCSP_response_get1_basic(response.get()) : nullptr);
}

/// Whether an answer is about the leaf: name and key of its issuer, hashed as the answer says, and its serial number.
bool is_about(OCSP_SINGLERESP& answer, X509& leaf, X509& issuer) {
  auto* const id = const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(&answer));
  ASN1_OBJECT* algorithm = nullptr;
  OCSP_id_get0_info(nullptr, &algorithm, nullptr, nullptr, id);
  const EVP_MD* const digest = EVP_get_digestbyobj(algorithm);
  if (digest == nullptr) return false;
  const CertIdPtr wanted(OCSP_cert_to_id(digest, &leaf, &issuer));
  return wanted && OCSP_id_cmp(wanted.get(), id) == 0;
}

// RFC 6960 section 4.4 leaves every extension to the client; RFC 5280 section 4.2 says what "critical" means. Those
// known here change nothing about the answer.
bool is_known_extension(X509_EXTENSION& extension) {
  const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(&extension));
  return nid == NID_id_pkix_OCSP_Nonce || nid == NID_id_pkix_OCSP_CrlID || nid == NID_id_pkix_OCSP_archiveCutoff;
}

template <auto Count, auto Get, class Part>
bool has_unknown_critical_extension(Part& part) {
  for (int at = 0; at < Count(&part); ++at) {
    X509_EXTENSION* const extension = Get(&part, at);
    if (X509_EXTENSION_get_critical(extension) == 1 && !is_known_extension(*extension)) return true;
  }
  return false;
}

void check_age(std::chrono::sys_seconds this_update, std::chrono::sys_seconds now, Report& report) {
  if (this_update >= now - kLifeWithoutNextUpdate) return;
  report.bad_staple("the stapled OCSP response is out of date: it has no nextUpdate, and its thisUpdate was " +
                        iso8601(this_update) + ", more than 7 days ago; the time is " + iso8601(now),
                    kUpdates);
}

void check_next_update(std::chrono::sys_seconds this_update, std::chrono::sys_seconds next_update,
                       std::chrono::sys_seconds now, Report& report) {
  if (next_update < this_update) {
    report.bad_staple("the stapled OCSP response ends before it begins: its thisUpdate is " + iso8601(this_update) +
                          ", its nextUpdate " + iso8601(next_update),
                      kUpdates);
  }
  if (next_update < now - kTolerance) {
    report.bad_staple("the stapled OCSP response is out of date: its nextUpdate was " + iso8601(next_update) +
                          "; the time is " + iso8601(now),
                      kUpdates);
  }
}

void check_updates(const ASN1_GENERALIZEDTIME& this_update, const ASN1_GENERALIZEDTIME* next_update,
                   std::chrono::sys_seconds now, Report& report) {
  const auto from = seconds_of(this_update);
  const auto until = seconds_of(next_update != nullptr ? *next_update : this_update);
  if (!from || !until) {
    report.bad_staple("the dates of the stapled OCSP response cannot be read", kUpdates);
    return;
  }
  if (*from > now + kTolerance) {
    report.bad_staple("the stapled OCSP response is of the future: its thisUpdate is " + iso8601(*from) +
                          "; the time is " + iso8601(now),
                      kUpdates);
  }
  if (next_update != nullptr) {
    check_next_update(*from, *until, now, report);
  } else {
    check_age(*from, now, report);
  }
}

std::string revocation_text(const ASN1_GENERALIZEDTIME* time, int reason) {
  const auto since = time == nullptr ? std::nullopt : seconds_of(*time);
  return "it is revoked since " + (since ? iso8601(*since) : "a date that cannot be read") + ", reason: " +
         (reason == OCSP_REVOKED_STATUS_NOSTATUS
              ? "not given"
              : std::string(OCSP_crl_reason_str(reason)) + " (" + std::to_string(reason) + ")") +
         ", says the stapled OCSP response";
}

void check_answer(OCSP_SINGLERESP& answer, std::chrono::sys_seconds now, Report& report) {
  int reason = OCSP_REVOKED_STATUS_NOSTATUS;
  ASN1_GENERALIZEDTIME* revoked_at = nullptr;
  ASN1_GENERALIZEDTIME* this_update = nullptr;
  ASN1_GENERALIZEDTIME* next_update = nullptr;
  const int status = OCSP_single_get0_status(&answer, &reason, &revoked_at, &this_update, &next_update);
  if (status == V_OCSP_CERTSTATUS_REVOKED) {
    report.revoked(revocation_text(revoked_at, reason));
  } else if (status != V_OCSP_CERTSTATUS_GOOD) {
    report.bad_staple("the OCSP responder does not know the certificate", "RFC 6960 section 2.2");
  }
  check_updates(*this_update, next_update, now, report);
  if (has_unknown_critical_extension<OCSP_SINGLERESP_get_ext_count, OCSP_SINGLERESP_get_ext>(answer)) {
    report.bad_staple("the answer in the stapled OCSP response has a critical extension that is not understood",
                      kExtensions);
  }
}

void check_answers(OCSP_BASICRESP& response, X509& leaf, X509& issuer, std::chrono::sys_seconds now, Report& report) {
  bool is_found = false;
  for (int at = 0; at < OCSP_resp_count(&response); ++at) {
    OCSP_SINGLERESP& answer = *OCSP_resp_get0(&response, at);
    if (!is_about(answer, leaf, issuer)) continue;
    // Several answers, one for each hash algorithm, must all hold.
    is_found = true;
    check_answer(answer, now, report);
  }
  if (!is_found) {
    report.bad_staple("the stapled OCSP response is not about this certificate: no answer has its issuer and serial",
                      "RFC 6960 section 3.2 (1)");
  }
}

}  // namespace

bool check_staple(std::span<const Certificate> path, const TrustRequest& request, Violations& violations) {
  const Certificate& leaf = request.chain.front();
  const std::size_t before = violations.size();
  Report report(leaf, violations);
  if (request.stapled_ocsp.empty()) {
    const bool was_asked = request.peer_role == PeerRole::Server && request.staple_possible;
    if (was_asked && demands_staple(leaf, report)) {
      report.bad_staple("it demands a stapled OCSP response (must-staple), and the peer sent none",
                        "RFC 7633 section 4.2.3.1");
    }
    return false;
  }
  const BasicPtr response = parse(request.stapled_ocsp, report);
  if (!response) return false;
  const auto issuer = issuer_of_leaf(path, request);
  if (!issuer) return false;
  auto faults = responder_faults(*response, *issuer, request.time);
  for (ResponderFault& fault : faults) report.bad_staple(std::move(fault.detail), fault.rule);
  // What somebody else says about the certificate counts for nothing, neither good nor bad.
  if (!faults.empty()) return false;
  if (has_unknown_critical_extension<OCSP_BASICRESP_get_ext_count, OCSP_BASICRESP_get_ext>(*response)) {
    report.bad_staple("the stapled OCSP response has a critical extension that is not understood", kExtensions);
  }
  check_answers(*response, *x509_of(leaf), *x509_of(*issuer), request.time, report);
  return violations.size() == before;
}

std::optional<std::chrono::sys_seconds> end_of_staple(std::span<const std::uint8_t> der) {
  const BasicPtr basic = basic_of(der);
  std::optional<std::chrono::sys_seconds> end;
  for (int index = 0; basic && index < OCSP_resp_count(basic.get()); ++index) {
    ASN1_GENERALIZEDTIME* this_update = nullptr;
    ASN1_GENERALIZEDTIME* next_update = nullptr;
    OCSP_single_get0_status(OCSP_resp_get0(basic.get(), index), nullptr, nullptr, &this_update, &next_update);
    auto own_end = seconds_of(next_update != nullptr ? *next_update : *this_update);
    if (own_end && next_update == nullptr) *own_end += kLifeWithoutNextUpdate;
    if (own_end && (!end || *own_end < *end)) end = own_end;
  }
  return end;
}

std::optional<std::chrono::sys_seconds> end_of_responders(std::span<const std::uint8_t> der) {
  const BasicPtr basic = basic_of(der);
  const STACK_OF(X509)* const certificates = basic ? OCSP_resp_get0_certs(basic.get()) : nullptr;
  std::optional<std::chrono::sys_seconds> end;
  for (int index = 0; index < sk_X509_num(certificates); ++index) {
    const auto own_end = share(*sk_X509_value(certificates, index)).not_after();
    if (!end || own_end < *end) end = own_end;
  }
  return end;
}

std::vector<std::vector<std::uint8_t>> timestamp_lists_of_staple(std::span<const std::uint8_t> der) {
  if (der.size() > kMaxBytes) return {};
  const BasicPtr basic = basic_of(der);
  std::vector<std::vector<std::uint8_t>> lists;
  for (int index = 0; basic && index < OCSP_resp_count(basic.get()); ++index) {
    OCSP_SINGLERESP& answer = *OCSP_resp_get0(basic.get(), index);
    const int place = OCSP_SINGLERESP_get_ext_by_NID(&answer, NID_ct_cert_scts, -1);
    if (place >= 0) lists.push_back(timestamp_list_in(*OCSP_SINGLERESP_get_ext(&answer, place)));
  }
  return lists;
}

std::vector<std::uint8_t> timestamp_list_in(const X509_EXTENSION& extension) {
  const ASN1_OCTET_STRING& value = *X509_EXTENSION_get_data(const_cast<X509_EXTENSION*>(&extension));
  const std::uint8_t* at = ASN1_STRING_get0_data(&value);
  const std::uint8_t* const end = at + ASN1_STRING_length(&value);
  const std::unique_ptr<ASN1_OCTET_STRING, ossl::Deleter<ASN1_OCTET_STRING_free>> list(
      d2i_ASN1_OCTET_STRING(nullptr, &at, end - at));
  if (!list || at != end) return {};
  const std::string_view bytes = bytes_of(*list);
  return {bytes.begin(), bytes.end()};
}

}  // namespace securetransport::trust
