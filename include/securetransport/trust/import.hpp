// SPDX-License-Identifier: Apache-2.0
// Reads certificates, private keys and revocation lists out of whatever file people keep them in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/key.hpp"
#include "securetransport/trust/revocation_list.hpp"

namespace securetransport {

/// The outermost form of an input.
enum class ImportForm : std::uint8_t {
  Pem,          ///< Any number of blocks of RFC 7468, of any of the kinds below, with text between them.
  Certificate,  ///< DER of RFC 5280.
  RevocationList,
  Pkcs7,       ///< SignedData of RFC 2315 or RFC 5652; its certificates and lists are taken, its signature is not.
  Pkcs12,      ///< RFC 7292.
  PrivateKey,  ///< PKCS#8, encrypted or not, or the older forms for RSA (RFC 8017) and EC (RFC 5915).
  PublicKey,   ///< SubjectPublicKeyInfo.
};

/// "PEM", "PKCS#12", ...
[[nodiscard]] std::string_view to_string(ImportForm form) noexcept;

/// A key with its certificate and those of its issuers that the input holds, in the order in which TLS sends them.
struct ImportedIdentity {
  Identity identity;
  std::size_t key;          ///< Index into ImportedItems::keys.
  std::size_t certificate;  ///< Index into ImportedItems::certificates.
  std::string label;        ///< friendlyName of PKCS#12; empty elsewhere.
};

/// Everything that was found, each kind in the order of the input. What stands twice is there twice.
struct ImportedItems {
  ImportForm form = ImportForm::Pem;
  std::vector<Certificate> certificates = {};
  std::vector<RevocationList> crls = {};
  std::vector<PrivateKey> keys = {};
  std::vector<PublicKey> public_keys = {};
  std::vector<ImportedIdentity> identities = {};  ///< One for each key whose certificate is there.
  std::vector<std::string> ignored = {};          ///< "CERTIFICATE REQUEST in line 7": not for us.
};

enum class ImportProblem : std::uint8_t {
  UnknownForm,        ///< Nothing of the kinds above.
  Damaged,            ///< Something of them, but it cannot be read.
  PassphraseMissing,  ///< It is encrypted, and no passphrase was given.
  PassphraseWrong,    ///< The passphrase does not open it; of data without a checksum also: it is damaged.
  Unsupported,        ///< An algorithm, or a kind of key, that is not read here.
  TooMuch,            ///< Over a limit: of size, of number, of work.
};

struct ImportError {
  ImportProblem problem;
  std::string detail;  ///< One sentence that says where in the input; the input's own name is the caller's to add.
};

struct ImportRequest {
  std::span<const std::uint8_t> bytes;  ///< At most 16 MiB. Borrowed for the call.
  /// For whatever is encrypted: UTF-8, at most 1024 bytes. Borrowed for the call. Without one, PKCS#12 is tried with
  /// the empty passphrase, which many tools take for none.
  std::optional<std::string_view> passphrase = {};
  bool wants_keys = true;  ///< False: encrypted keys are left alone and no passphrase is needed for them.
};

/// Either `error`, or `items`.
struct [[nodiscard]] ImportResult {
  ImportedItems items = {};
  std::optional<ImportError> error = {};

  [[nodiscard]] bool has_value() const noexcept { return !error.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
};

/// Reads an input of any form, which it finds out by itself; a file's name says nothing. Pure: asks nobody for a
/// passphrase, reads no file, and leaves OpenSSL's configuration of the process alone. Safe from any thread.
///
/// The input may be hostile: at most 4096 certificates, 100 keys and 100 revocation lists, and ten million rounds of
/// key derivation altogether. One damaged item fails the whole import, so that nothing is lost unnoticed.
///
/// Old PKCS#12 (RC2, RC4) needs OpenSSL's legacy provider, which is loaded for the one call only.
[[nodiscard]] ImportResult import_items(const ImportRequest& request);

}  // namespace securetransport
