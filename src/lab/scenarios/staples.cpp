// SPDX-License-Identifier: Apache-2.0
// Stapled OCSP responses: revoked, and every way to be worth nothing.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

Scenario stapled(std::string name, ResultCode code, Staple staple, std::string description, std::string lesson) {
  Scenario scenario = server(std::move(name), code, kEvery, {}, std::move(description), std::move(lesson));
  scenario.staple = staple;
  return scenario;
}

}  // namespace

Scenarios staple_scenarios() {
  constexpr ResultCode kBad = ResultCode::BadCertificateStatusResponse;
  Scenarios all{
      stapled("revoked", ResultCode::XCertChainInvalid, Staple::Revoked, "The staple says that the leaf is revoked.",
              "A staple needs no further connection: believe it."),
      stapled("staple-malformed", kBad, Staple::Malformed, "The staple is no OCSP response.",
              "A staple that cannot be read is refused, not ignored."),
      stapled("staple-try-later", kBad, Staple::TryLater, "The staple is an OCSP error.",
              "A server must not staple errors."),
      stapled("staple-wrong-signer", kBad, Staple::WrongSigner, "The staple is signed by a stranger.",
              "Only the issuer, or whom it delegates to."),
      stapled("staple-other-certificate", kBad, Staple::OtherCertificate, "The staple is about another certificate.",
              "Compare the serial number, not only the signature."),
      stapled("staple-expired", kBad, Staple::Expired, "The staple is three weeks out of date.",
              "An old answer can be kept and replayed."),
      stapled("staple-unknown", kBad, Staple::Unknown, "The responder does not know the certificate.",
              "Unknown is not good."),
  };
  Scenario none = server("staple-missing", kBad, kEvery, {}, "The certificate demands a staple, and there is none.",
                         "RFC 7633: must-staple turns a missing answer into a refusal.");
  none.shows = Credential::MustStaple;
  all.push_back(none);
  Scenario& good = all.emplace_back(stapled("staple-good", ResultCode::Success, Staple::Good,
                                            "A good staple for a certificate that demands one.",
                                            "The control for all the bad ones."));
  good.shows = Credential::MustStaple;
  good.twin = Twin::None;
  return all;
}

}  // namespace securetransport::lab
