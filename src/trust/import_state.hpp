// SPDX-License-Identifier: Apache-2.0
// What the readers of the several forms share during one import.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ossl/handles.hpp"
#include "securetransport/trust/import.hpp"
#include "trust/import_context.hpp"
#include "trust/key_impl.hpp"

namespace securetransport {

namespace trust {

/// None: all is well.
using ImportTrouble = std::optional<ImportError>;

/// One import: what was asked for, what was found, and how much work is left.
class ImportState {
 public:
  explicit ImportState(const ImportRequest& request) : request_(request) {}

  [[nodiscard]] const ImportRequest& request() const noexcept { return request_; }
  [[nodiscard]] ImportedItems& items() noexcept { return items_; }
  [[nodiscard]] ImportContext& context() noexcept { return context_; }

  /// Each adds one item or says why not; `where` stands in front of the reason and may be empty.
  [[nodiscard]] ImportTrouble add_certificate(std::span<const std::uint8_t> der, const std::string& where);
  [[nodiscard]] ImportTrouble add_certificate(const X509* certificate, const std::string& where);
  [[nodiscard]] ImportTrouble add_crl(std::span<const std::uint8_t> der, const std::string& where);
  [[nodiscard]] ImportTrouble add_crl(const X509_CRL* list, const std::string& where);
  [[nodiscard]] ImportTrouble add_key(ossl::PkeyPtr key, std::string label, const std::string& where);
  [[nodiscard]] ImportTrouble add_public_key(std::span<const std::uint8_t> der, const std::string& where);

  /// Takes the rounds of key derivation that an encryption scheme asks for from what is left, before they are run.
  [[nodiscard]] ImportTrouble spend_on(const X509_ALGOR& scheme, const std::string& where);
  [[nodiscard]] ImportTrouble spend(std::int64_t rounds, const std::string& where);

  /// After a failure to decrypt: whether it is this system that lacks the algorithm.
  [[nodiscard]] ImportTrouble lack_of(const X509_ALGOR& scheme, const std::string& where);

  /// Finds the certificate of each key.
  void pair_identities();

 private:
  const ImportRequest& request_;
  ImportedItems items_;
  std::vector<std::string> labels_;  ///< Of the keys.
  ImportContext context_;
  std::int64_t rounds_left_ = 10'000'000;  ///< Some seconds. Tools use 2,048 to 600,000.
};

/// "where: what", or "what" alone.
[[nodiscard]] ImportError import_error(ImportProblem problem, const std::string& where, std::string_view what);

/// The forms of DER, told apart by their first elements.
[[nodiscard]] ImportTrouble import_der(std::span<const std::uint8_t> der, const std::string& where, ImportState& state);

[[nodiscard]] ImportTrouble import_pem(std::string_view text, ImportState& state);
[[nodiscard]] ImportTrouble import_pkcs7(std::span<const std::uint8_t> ber, const std::string& where,
                                         ImportState& state);
[[nodiscard]] ImportTrouble import_pkcs12(std::span<const std::uint8_t> ber, const std::string& where,
                                          ImportState& state);

/// PKCS#8 in the clear and encrypted, and the older forms in DER.
[[nodiscard]] ImportTrouble import_private_key(std::span<const std::uint8_t> der, const std::string& where,
                                               ImportState& state);
[[nodiscard]] ImportTrouble import_pkcs8(const PKCS8_PRIV_KEY_INFO& info, std::string label, const std::string& where,
                                         ImportState& state);
[[nodiscard]] ImportTrouble import_encrypted_key(std::span<const std::uint8_t> der, const std::string& where,
                                                 ImportState& state);
/// RSA PRIVATE KEY and EC PRIVATE KEY, which have an encryption of their own (RFC 1421).
[[nodiscard]] ImportTrouble import_traditional_key(std::string_view block, const std::string& where,
                                                   ImportState& state);

}  // namespace trust
}  // namespace securetransport
