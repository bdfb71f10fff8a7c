// SPDX-License-Identifier: Apache-2.0
// Names to addresses, with a deadline.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "net/deadline.hpp"
#include "net/endpoint.hpp"
#include "net/error.hpp"
#include "net/target.hpp"

namespace securetransport::net {

/// Where to ask. The default is what the system is configured for.
struct ResolverOptions {
  std::string servers;  ///< "192.0.2.1:53,192.0.2.2" in place of the system's name servers; empty = the system's.
};

/// Looks a name up: numeric addresses at once, /etc/hosts, then DNS. Loopback for "localhost" and names below it
/// without DNS, never an address for names below "invalid" (RFC 6761 section 6).
///
/// The endpoints come in the order in which to try them (RFC 6724); never empty. Failure: Unresolvable, the detail
/// says whether the name does not exist, has no address, the name servers failed, or did not answer in time.
/// Thread-safe. `name` as Target::lookup_name().
[[nodiscard]] NetResult<std::vector<Endpoint>> resolve(const std::string& name, std::uint16_t port, Deadline deadline,
                                                       const ResolverOptions& options = {});

[[nodiscard]] inline NetResult<std::vector<Endpoint>> resolve(const Target& target, Deadline deadline,
                                                              const ResolverOptions& options = {}) {
  return resolve(target.lookup_name(), target.port, deadline, options);
}

}  // namespace securetransport::net
