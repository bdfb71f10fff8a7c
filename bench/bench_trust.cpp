// SPDX-License-Identifier: Apache-2.0
// The judgement of an ordinary chain (leaf, intermediate, root) beside X509_verify_cert with equal demands, and the
// same judgement out of the cache. Compare "Ours" and "Plain" of one run; run with --benchmark_repetitions=9
// --benchmark_enable_random_interleaving=true.
#include <benchmark/benchmark.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "lab/pki.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport::bench {
namespace {

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(result).value();
}

/// What a peer sent, as bytes, and the root that is trusted.
struct Chain {
  std::vector<std::vector<std::uint8_t>> sent;
  Certificate root;

  static const Chain& shared() {
    static const Chain chain = [] {
      const lab::Pki pki = value_of(lab::Pki::make("Bench"));
      const lab::Issued leaf = value_of(pki.issue_server("localhost"));
      Chain made{{}, value_of(Certificate::from_pem(pki.root.certificate_pem)).front()};
      for (const Certificate& at : value_of(Certificate::from_pem(pki.chain_pem(leaf)))) made.sent.push_back(at.der());
      return made;
    }();
    return chain;
  }
};

std::vector<Certificate> parse_ours(const Chain& chain) {
  std::vector<Certificate> parsed;
  for (const auto& der : chain.sent) parsed.push_back(value_of(Certificate::from_der(der)));
  return parsed;
}

void judge_ours(benchmark::State& state, const std::shared_ptr<TrustCache>& cache) {
  const Chain& chain = Chain::shared();
  TrustRequest request;
  request.peer_name = "localhost";
  request.roots = RootStore::of(std::vector{chain.root});
  request.time = lab::now();
  request.cache = cache;
  for (auto _ : state) {
    const auto parsed = parse_ours(chain);
    request.chain = parsed;
    if (!evaluate(request).trusted()) state.SkipWithError("not trusted");
  }
}

void Ours(benchmark::State& state) { judge_ours(state, nullptr); }
void OursSeenBefore(benchmark::State& state) { judge_ours(state, std::make_shared<TrustCache>()); }

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
using X509Ptr = std::unique_ptr<X509, Deleter<X509_free>>;

X509Ptr parse_plain(const std::vector<std::uint8_t>& der) {
  const unsigned char* at = der.data();
  return X509Ptr(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

void free_stack(STACK_OF(X509) * stack) { sk_X509_free(stack); }

void Plain(benchmark::State& state) {
  const Chain& chain = Chain::shared();
  const std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>> store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), parse_plain(chain.root.der()).get());
  for (auto _ : state) {
    std::vector<X509Ptr> parsed;
    for (const auto& der : chain.sent) parsed.push_back(parse_plain(der));
    const std::unique_ptr<STACK_OF(X509), Deleter<free_stack>> rest(sk_X509_new_null());
    for (std::size_t at = 1; at < parsed.size(); ++at) sk_X509_push(rest.get(), parsed[at].get());
    const std::unique_ptr<X509_STORE_CTX, Deleter<X509_STORE_CTX_free>> context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), parsed.front().get(), rest.get());
    X509_STORE_CTX_set_default(context.get(), "ssl_server");
    X509_VERIFY_PARAM* const parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_auth_level(parameters, 2);
    X509_VERIFY_PARAM_set1_host(parameters, "localhost", 0);
    if (X509_verify_cert(context.get()) != 1) state.SkipWithError("not trusted");
  }
}

BENCHMARK(Plain);
BENCHMARK(Ours);
BENCHMARK(OursSeenBefore);

}  // namespace
}  // namespace securetransport::bench

BENCHMARK_MAIN();
