// SPDX-License-Identifier: Apache-2.0
// The program that BoringSSL's test runner drives: a TLS client or server over Apple's C API alone.
#include <cstdio>
#include <string>

#include "bogo/checks.hpp"
#include "bogo/context.hpp"
#include "bogo/exchange.hpp"
#include "bogo/options.hpp"
#include "bogo/outcome.hpp"
#include "bogo/wire.hpp"

namespace {

using namespace bogo;

void refuse_what_cannot_be(const Options& options) {
  if (options.handshake_never_done) throw CannotHonour("data before the handshake is complete");
}

void connect_once(const CommandLine& line, bool is_resumed) {
  const Options& options = is_resumed ? line.resumed : line.first;
  const auto context = make_context(options);
  Wire wire(line.port, line.is_ipv6, options.is_datagram, options.is_async);
  expect(wire.is_connected(), "cannot connect to port " + std::to_string(line.port));
  if (line.shim_id) expect(wire.send_shim_id(*line.shim_id), "cannot send the number of this shim");
  wire.serve(context.get());
  exchange(wire, context.get(), options, is_resumed);
}

}  // namespace

int main(int argc, char** argv) {
  std::string problem;
  const auto line = parse_command_line(argc, argv, problem);
  if (!line) {
    std::fprintf(stderr, "%s\n", problem.c_str());
    return kCannotHonour;
  }
  if (line->asks_for_handshaker) {
    std::puts("No");
    return kSuccess;
  }
  try {
    refuse_what_cannot_be(line->first);
    refuse_what_cannot_be(line->resumed);
    for (int i = 0; i <= line->resume_count; ++i) connect_once(*line, i > 0);
    return kSuccess;
  } catch (const CannotHonour& refusal) {
    std::fprintf(stderr, "cannot honour %s\n", refusal.what());
    return kCannotHonour;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return kFailure;
  }
}
