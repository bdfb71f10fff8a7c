// SPDX-License-Identifier: Apache-2.0
// Certificates in files: what is asked about them, what came of it, and how it is shown.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/code_json.hpp"
#include "cli/exit_code.hpp"
#include "cli/terminal.hpp"
#include "securetransport/trust/chain_advice.hpp"
#include "securetransport/trust/evaluate.hpp"
#include "securetransport/trust/import.hpp"

namespace securetransport::cli {

/// What certificates are held to. The same for every file.
struct CertDemand {
  std::string name;  ///< --name; empty: no name is compared.
  TrustPolicy policy = TrustPolicy::Apple;
  std::shared_ptr<const RootStore> roots;  ///< Null: the system's.
  std::chrono::sys_seconds time;
  std::vector<std::uint8_t> staple;        ///< --ocsp
  std::vector<RevocationList> crls;        ///< --crl
  std::vector<Certificate> intermediates;  ///< --intermediates: for advice alone.
  std::optional<PrivateKey> key;           ///< --key
  std::string passphrase;                  ///< --passphrase-file
  bool has_passphrase = false;
  std::chrono::days warn_before{30};  ///< --warn-days
  bool is_strict = false;             ///< --strict: a warning is reason enough for status 1.
};

/// One chain out of a file.
struct CertReport {
  std::string source;              ///< "chain.pem", "standard input", "bundle.pem, certificate 3".
  std::string form;                ///< "PEM"; empty if it could not be read.
  std::optional<ResultCode> code;  ///< None: it could not be read; see `problem`.
  std::string problem;             ///< Only without code: one sentence.
  std::vector<Certificate> chain;  ///< As it stands in the file, where that has an order; else leaf first.
  TrustResult trust;
  ChainAdvice advice;
  std::vector<std::string> warnings;  ///< Not broken rules yet, or rules of others than the policy.
  std::vector<std::string> notes;
  std::chrono::sys_seconds time;
  ExitCode exit = ExitCode::Internal;

  [[nodiscard]] bool has_warning() const noexcept { return !warnings.empty() || !advice.is_fine(); }
};

/// Reads one input and judges what is in it: one chain, or each authority of a bundle by itself. Empty if there are
/// only other things in it, such as keys.
[[nodiscard]] std::vector<CertReport> judge_input(const std::string& source, std::string_view bytes,
                                                  const CertDemand& demand);

/// The report of an input that could not be read.
[[nodiscard]] CertReport report_of_unreadable(std::string source, std::string problem);

/// Ends that come near, and lifetimes that are allowed today and will not be at the next renewal. Pure.
[[nodiscard]] std::vector<std::string> warnings_about(std::span<const Certificate> chain, const TrustResult& result,
                                                      const CertDemand& demand);

/// Everything about one chain; the first line is code, name and source.
[[nodiscard]] std::string cert_report_text(const CertReport& report, const Terminal& terminal);

/// One line a report, then a count.
[[nodiscard]] std::string cert_table(std::span<const CertReport> reports, const Terminal& terminal);

/// "3 certificates or chains: 1 good, 1 with warnings, 1 rejected"
[[nodiscard]] std::string cert_summary(std::span<const CertReport> reports);

/// {"version":1,"results":[...],"summary":{...}}
[[nodiscard]] Json json_of(std::span<const CertReport> reports, const CertDemand& demand);

[[nodiscard]] std::string_view word_for(TrustPolicy policy) noexcept;  ///< "apple", "webpki", "rfc5280".
[[nodiscard]] std::optional<TrustPolicy> parse_policy(std::string_view word) noexcept;

}  // namespace securetransport::cli
