// SPDX-License-Identifier: Apache-2.0
#include "trust/validity_window.hpp"

#include <algorithm>

#include "trust/asn1_time.hpp"
#include "trust/ocsp_staple.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

constexpr std::chrono::hours kLongest{1};

}  // namespace

ValidityWindow validity_window(const TrustRequest& request, std::span<const Certificate> path) {
  ValidityWindow window{request.time, request.time + kLongest};
  for (const Certificate& certificate : path) window.until = std::min(window.until, certificate.not_after());
  for (const RevocationList& list : request.crls) {
    const ASN1_TIME* const next = X509_CRL_get0_nextUpdate(list.impl().crl.get());
    // A list without a date, or with one that cannot be read, is looked at afresh each time.
    window.until = std::min(window.until, next == nullptr ? request.time : seconds_of(*next).value_or(request.time));
  }
  if (const auto end = end_of_staple(request.stapled_ocsp)) window.until = std::min(window.until, *end);
  if (const auto end = end_of_responders(request.stapled_ocsp)) window.until = std::min(window.until, *end);
  if (!request.crls.empty()) {
    // One of them may have signed a list; one that has expired already has not.
    for (const std::span<const Certificate> others : {request.chain, request.intermediates}) {
      for (const Certificate& certificate : others) {
        if (certificate.not_after() >= request.time) window.until = std::min(window.until, certificate.not_after());
      }
    }
  }
  return window;
}

}  // namespace securetransport::trust
