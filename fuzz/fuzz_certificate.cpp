// SPDX-License-Identifier: Apache-2.0
// Certificates in DER or PEM: parsing, every question that can be asked, and the judgement of a chain that has them.
#include <string_view>
#include <vector>

#include "fixed_identity.hpp"
#include "session_input.hpp"

namespace {

using namespace securetransport;

void ask_everything(const Certificate& certificate) {
  static_cast<void>(certificate.subject() + certificate.issuer() + certificate.serial() + certificate.key());
  static_cast<void>(certificate.names());
  static_cast<void>(certificate.not_before() < certificate.not_after());
  static_cast<void>(certificate.signature_algorithm() + certificate.sha256() + certificate.pem());
  static_cast<void>(certificate.is_ca() || certificate.is_self_issued());
}

std::vector<Certificate> parse(std::span<const std::uint8_t> input) {
  if (Result<Certificate> one = Certificate::from_der(input)) return {*std::move(one)};
  Result<std::vector<Certificate>> some =
      Certificate::from_pem({reinterpret_cast<const char*>(input.data()), input.size()});
  return some ? *std::move(some) : std::vector<Certificate>();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<Certificate> chain = parse({data, size});
  for (const Certificate& certificate : chain) ask_everything(certificate);
  if (chain.empty()) return 0;
  TrustRequest request;
  request.peer_name = "www.example.com";
  request.roots = fuzz::fixed_roots();
  request.time = fuzz::kNow;
  request.chain = chain;
  static_cast<void>(evaluate(request));
  // Once more with the input as an intermediate, then as the root, of a leaf that is in order.
  chain.insert(chain.begin(), fuzz::fixed_identity().chain().front());
  request.chain = chain;
  static_cast<void>(evaluate(request));
  request.roots = RootStore::of(std::span(chain).subspan(1));
  static_cast<void>(evaluate(request));
  return 0;
}
