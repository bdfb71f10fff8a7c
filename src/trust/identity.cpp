// SPDX-License-Identifier: Apache-2.0
// A private key with its certificates: reading PEM, and the proof that they belong together.
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "securetransport/trust/certificate.hpp"
#include "trust/error_mark.hpp"
#include "trust/key_derivation_work.hpp"
#include "trust/pem_text.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

constexpr std::size_t kMaxBytes = 10'000'000;
constexpr std::int64_t kMaxRounds = 10'000'000;  // Some seconds. Tools use 2,048 to 600,000.

Error bad_configuration(std::string detail) { return Error{ResultCode::ConfigurationFailed, std::move(detail)}; }

/// What OpenSSL's reader asked for while it looked for the key.
struct PassphraseSource {
  std::string_view passphrase;
  bool was_asked = false;
  bool was_too_long = false;
};

/// Without a callback of ours OpenSSL would prompt on the terminal.
int answer_passphrase(char* buffer, int size, int /*writing*/, void* source) noexcept {
  auto& answer = *static_cast<PassphraseSource*>(source);
  answer.was_asked = true;
  answer.was_too_long = answer.passphrase.size() > static_cast<std::size_t>(size);
  if (answer.passphrase.empty() || answer.was_too_long) return -1;
  std::memcpy(buffer, answer.passphrase.data(), answer.passphrase.size());
  return static_cast<int>(answer.passphrase.size());
}

using EncryptedKeyPtr = std::unique_ptr<X509_SIG, ossl::Deleter<X509_SIG_free>>;
/// Rounds of key derivation that a PKCS#8 block asks for; 0 if it is none or of an unknown kind: it is not opened.
std::int64_t rounds_of(const std::vector<std::uint8_t>& block) {
  const unsigned char* at = block.data();
  const EncryptedKeyPtr key(d2i_X509_SIG(nullptr, &at, static_cast<long>(block.size())));
  if (!key) return 0;
  const X509_ALGOR* scheme = nullptr;
  X509_SIG_get0(key.get(), &scheme, nullptr);
  return trust::key_derivation_rounds(*scheme).value_or(0);
}

/// A file could ask for hours of work before its passphrase turns out wrong.
bool asks_too_much_work(std::string_view pem) {
  const auto blocks = trust::pem_blocks(pem, "ENCRYPTED PRIVATE KEY", 100);
  return std::any_of(blocks.begin(), blocks.end(),
                     [](const trust::PemBlock& block) { return block.data && rounds_of(*block.data) > kMaxRounds; });
}

std::string why_no_key(const PassphraseSource& source, std::string_view pem) {
  if (source.was_too_long) return "the passphrase is longer than 1024 bytes";
  if (source.was_asked && source.passphrase.empty()) return "the private key is encrypted and no passphrase was given";
  if (source.was_asked) return "the passphrase does not open the private key";
  if (pem.find("PRIVATE KEY-----") == std::string_view::npos) return "the text has no PRIVATE KEY block";
  return "the private key is damaged, cut short or of an unknown kind";
}

Result<ossl::PkeyPtr> read_key(std::string_view pem, std::string_view passphrase) {
  if (pem.size() > kMaxBytes) return bad_configuration("the PEM text of the key is longer than 10 MB");
  if (asks_too_much_work(pem))
    return bad_configuration("the private key asks for more than 10 million rounds of key derivation");
  const ossl::BioPtr in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (!in) return Error{ResultCode::Internal, "out of memory"};
  PassphraseSource source{passphrase};
  ossl::PkeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, answer_passphrase, &source));
  if (!key) return bad_configuration(why_no_key(source, pem));
  return key;
}

bool belong_together(const Certificate& certificate, const EVP_PKEY& key) {
  return X509_check_private_key(trust::x509_of(certificate), &key) == 1;
}

/// Which certificate of the file the key is for, if not the first: the common mistake is the order.
std::string why_mismatch(const std::vector<Certificate>& chain, const EVP_PKEY& key) {
  for (std::size_t at = 1; at < chain.size(); ++at) {
    if (belong_together(chain[at], key)) {
      return "the key belongs to certificate " + std::to_string(at + 1) + " of the file: put it first";
    }
  }
  return "the private key does not belong to the certificate \"" + chain.front().subject() + "\"";
}

}  // namespace

Result<Identity> Identity::from_pem(std::string_view certificates, std::string_view key, std::string_view passphrase) {
  const trust::ErrorMark mark;
  auto chain = Certificate::from_pem(certificates);
  if (!chain) return chain.error();
  auto private_key = read_key(key, passphrase);
  if (!private_key) return private_key.error();
  if (!belong_together(chain->front(), **private_key)) return bad_configuration(why_mismatch(*chain, **private_key));
  return Identity(std::make_shared<const Impl>(Impl{*std::move(chain), *std::move(private_key)}));
}

const std::vector<Certificate>& Identity::chain() const noexcept { return impl_->chain; }

}  // namespace securetransport
