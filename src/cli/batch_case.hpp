// SPDX-License-Identifier: Apache-2.0
// One case of a path validation suite: from a line of JSON (docs/guide/check-batch.md) to a verdict.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "securetransport/trust/evaluate.hpp"

namespace securetransport::cli {

enum class BatchVerdict : std::uint8_t {
  Success,
  Failure,
  Skipped,  ///< The case asks for something that is not judged here, or makes no sense. Never a guess.
};

struct BatchAnswer {
  std::string id;  ///< Of the case; "line N" if it has none.
  BatchVerdict verdict = BatchVerdict::Skipped;
  std::string reason;
};

/// "ID<TAB>SUCCESS|FAILURE|SKIPPED<TAB>reason": one line, whatever the texts hold.
[[nodiscard]] std::string line_of(const BatchAnswer& answer);

/// Judges cases one by one, and keeps what neighbours share: parsed certificates and sets of roots. One thread.
class BatchJudge {
 public:
  struct Defaults {
    std::optional<TrustPolicy> policy = {};  ///< For cases without: else webpki for servers, rfc5280 for clients.
    std::chrono::sys_seconds time;           ///< For cases without.
  };

  explicit BatchJudge(Defaults defaults) : defaults_(std::move(defaults)) {}

  /// Total: any line gets an answer.
  [[nodiscard]] BatchAnswer judge(std::string_view line, std::size_t number);

  /// Certificates of a PEM text, parsed once. The pointer is good until the next call of judge().
  [[nodiscard]] const Result<std::vector<Certificate>>& certificates_in(const std::string& pem);

  [[nodiscard]] std::shared_ptr<const RootStore> roots_of(const std::vector<Certificate>& anchors);

  [[nodiscard]] const Defaults& defaults() const noexcept { return defaults_; }

 private:
  void forget_if_full();

  Defaults defaults_;
  std::unordered_map<std::string, Result<std::vector<Certificate>>> parsed_;
  std::size_t parsed_bytes_ = 0;
  std::unordered_map<std::string, std::shared_ptr<const RootStore>> stores_;
};

}  // namespace securetransport::cli
