// SPDX-License-Identifier: Apache-2.0
// The options of `securetransport check`, as typed, and its three ways: servers, files, and lines of a test suite.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/cert_report.hpp"
#include "cli/tls_options.hpp"

namespace securetransport::cli {

struct CheckOptions {
  ClientOptions client;
  Args targets;
  std::string targets_file;
  std::size_t jobs = 16;
  bool is_brief = false;
  bool is_json = false;
  Args certificates;  ///< --cert: of servers, the client's own; without a target, what is judged.
  std::string policy;
  std::string date;
  std::string name;
  std::string ocsp;
  Args crls;
  std::string intermediates;
  int warn_days = 30;
  bool is_strict = false;
  bool is_batch = false;
};

/// --policy and --date; `time` stays empty where no date is given.
[[nodiscard]] std::optional<Complaint> read_rules(const CheckOptions& options, std::optional<TrustPolicy>& policy,
                                                  std::optional<std::chrono::sys_seconds>& time);

/// `check --cert PATH...` without a target.
[[nodiscard]] ExitCode check_certificates(const CheckOptions& options);

/// `check --batch`: one case a line on standard input, one answer a line on standard output.
[[nodiscard]] ExitCode check_batch(const CheckOptions& options);

}  // namespace securetransport::cli
