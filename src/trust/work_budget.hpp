// SPDX-License-Identifier: Apache-2.0
// How much work one evaluation may cost, whatever a hostile peer sends.
#pragma once

#include <cstddef>

namespace securetransport::trust {

/// The limits keep the worst chain under 200 ms; honest ones stay far below.
struct WorkBudget {
  /// One verification of an RSA signature of up to 4096 bits or an EC signature on P-256 costs 1; larger keys more.
  std::size_t signatures = 800;
  /// What it takes of `signatures` to read all that a certificate says of itself, which OpenSSL 3.0 does slowly.
  static constexpr std::size_t kReading = 2;
  /// Name against name constraint; OpenSSL's limit is four times that.
  std::size_t name_comparisons = 250'000;
  /// Certificates put on a path in the search.
  std::size_t steps = 5'000;

  /// Takes `amount` from one of them; false, and nothing is taken, if there is not as much left.
  [[nodiscard]] static bool spend(std::size_t& purse, std::size_t amount) noexcept {
    if (purse < amount) {
      purse = 0;
      return false;
    }
    purse -= amount;
    return true;
  }
};

}  // namespace securetransport::trust
