// SPDX-License-Identifier: Apache-2.0
// From the Failure record to a Diagnosis that a person can act on.
#pragma once

#include <vector>

#include "ossl/classify.hpp"
#include "ossl/failure.hpp"
#include "securetransport/core/diagnosis.hpp"
#include "securetransport/tls/session.hpp"

namespace securetransport::tls {

/// How far the handshake had come. Pure.
[[nodiscard]] Phase phase_of(const ossl::Failure& failure, ResultCode code);

/// Everything but the exchange of parameters. `trust` may be null.
[[nodiscard]] Diagnosis diagnose(const ossl::Failure& failure, const ossl::Verdict& verdict, const TrustResult* trust,
                                 const std::vector<AlertMessage>& ignored_alerts);

/// Adds what was offered and what came back. `client` is null for servers; `hello` may be null.
void describe_exchange(Diagnosis& diagnosis, const SessionConfig& config, const ClientConfig* client,
                       const SessionInfo& info, const ClientHelloInfo* hello);

}  // namespace securetransport::tls
