// SPDX-License-Identifier: Apache-2.0
// The judgement of a chain with everything that may come with one: a staple, revocation lists and timestamps. The first
// byte chooses the policy and the role; then come parts, each with its length in two bytes: the staple, the timestamps,
// a revocation list, and certificates.
#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "fixed_identity.hpp"
#include "session_input.hpp"

namespace {

using namespace securetransport;

std::span<const std::uint8_t> next_part(std::span<const std::uint8_t>& input) {
  if (input.size() < 2) return std::exchange(input, {});
  const std::size_t size = std::min<std::size_t>(input[0] * 256U + input[1], input.size() - 2);
  const auto part = input.subspan(2, size);
  input = input.subspan(2 + size);
  return part;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::span<const std::uint8_t> input(data + 1, size - 1);
  TrustRequest request;
  request.policy = static_cast<TrustPolicy>(data[0] % 3);
  request.peer_role = static_cast<PeerRole>(data[0] / 3 % 3);
  request.peer_name = "www.example.com";
  request.roots = fuzz::fixed_roots();
  request.time = fuzz::kNow;
  request.stapled_ocsp = next_part(input);
  request.timestamps = next_part(input);
  std::vector<RevocationList> lists;
  if (auto list = RevocationList::from_der(next_part(input))) lists.push_back(*std::move(list));
  request.crls = lists;
  // The leaf is in order, so that what comes with it is looked at.
  std::vector<Certificate> chain = fuzz::fixed_identity().chain();
  while (!input.empty()) {
    if (auto certificate = Certificate::from_der(next_part(input))) chain.push_back(*std::move(certificate));
  }
  request.chain = chain;
  static_cast<void>(evaluate(request));
  if (chain.size() < 2) return 0;
  request.chain = std::span(chain).subspan(1);
  static_cast<void>(evaluate(request));
  return 0;
}
