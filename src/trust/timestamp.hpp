// SPDX-License-Identifier: Apache-2.0
// Signed certificate timestamps: where they are found, and whether their signatures are good.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "securetransport/trust/certificate.hpp"
#include "trust/transparency.hpp"

namespace securetransport::trust {

enum class TimestampSource : std::uint8_t {
  Embedded,
  Peer,  ///< In the TLS extension or the staple.
};

/// One timestamp whose signature a known log made over this very certificate.
struct Timestamp {
  TimestampSource source;
  const CtLog* log;  ///< Of the list; lives as long as that.
  std::chrono::sys_time<std::chrono::milliseconds> time;
};

/// Every good timestamp of version 1: those in the leaf, which need its issuer's certificate, those that came in the
/// TLS extension, and those in the staple (RFC 6962 section 3.3). At most 32 of the leaf's and 32 of the others are
/// looked at. The request has a list of logs.
[[nodiscard]] std::vector<Timestamp> good_timestamps(const TrustRequest& request, const Certificate* issuer);

}  // namespace securetransport::trust
