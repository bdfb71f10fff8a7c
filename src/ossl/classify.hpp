// SPDX-License-Identifier: Apache-2.0
// The one function from what is known of a failure to its result code.
#pragma once

#include <string>

#include "ossl/failure.hpp"

namespace securetransport::ossl {

struct Verdict {
  ResultCode code;
  DetectedBy detected_by;
  std::string detail;  ///< One sentence for people: what happened. Never empty.
};

/// Pure and total. Every decision names the sentence it rests on; the first matching source decides: our own
/// finding, then the peer's alert, then the transport, then the engine's error queue.
[[nodiscard]] Verdict classify(const Failure& failure);

/// The engine's own words for the failure: the decisive entry of its queue; empty if it has none.
[[nodiscard]] std::string engine_reason(const Failure& failure);

}  // namespace securetransport::ossl
