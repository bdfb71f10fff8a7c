// SPDX-License-Identifier: Apache-2.0
// Signed certificate timestamps: where they are found, and whether their signatures are good.
#pragma once

#include <openssl/ct.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "securetransport/trust/certificate.hpp"
#include "trust/transparency.hpp"

namespace securetransport::trust {

enum class TimestampSource : std::uint8_t { Embedded, Peer };

/// One timestamp whose signature a known log made over this very certificate.
struct Timestamp {
  TimestampSource source;
  const CtLog* log;  ///< Of the list; lives as long as that.
  std::chrono::sys_seconds time;
};

/// Every good timestamp of version 1: those in the certificate, which need its issuer's certificate, and those of a
/// SignedCertificateTimestampList. At most 32 of each are looked at.
[[nodiscard]] std::vector<Timestamp> good_timestamps(const Certificate& leaf, const Certificate* issuer,
                                                     std::span<const std::uint8_t> list, const CtLogList& logs);

}  // namespace securetransport::trust
