// SPDX-License-Identifier: Apache-2.0
// <Security/SecKey.h>: signing, encrypting, agreeing.
#include <Security/SecKey.h>

#include <algorithm>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/key_algorithm.hpp"
#include "apple/key_objects.hpp"

using namespace securetransport;
using apple::boundary;
using apple::object_boundary;
using apple::set_error;

namespace {

std::span<const std::uint8_t> bytes_of(const std::vector<std::uint8_t>& bytes) noexcept { return bytes; }
std::span<const std::uint8_t> bytes_of(const SecretBytes& bytes) noexcept { return bytes.view(); }

/// The result as data, or null and the reason in the error.
template <class Bytes>
CFDataRef data_or_null(const Result<Bytes>& result, CFErrorRef* error) {
  if (result) return cf::make_data(bytes_of(*result)).release();
  // A failure to decrypt is no failure to verify.
  const OSStatus status = apple::key_status(result.error());
  set_error(error, status == errSecVerifyFailed ? errSecParam : status, result.error().detail);
  return nullptr;
}

CFDataRef no_data(CFErrorRef* error, std::string_view why) {
  set_error(error, errSecParam, why);
  return nullptr;
}

constexpr std::string_view kNoKey = "there is no key of the kind that this needs";
constexpr std::string_view kNoAlgorithm = "the algorithm is not supported for this";
constexpr std::string_view kNoInput = "the input is not data";

/// Runs an operation of the older calls into a buffer of C.
template <class Bytes>
OSStatus put(const Result<Bytes>& result, uint8_t* out, size_t* size) {
  if (!result) {
    const OSStatus status = apple::key_status(result.error());
    return status == errSecVerifyFailed ? OSStatus{errSecParam} : status;
  }
  const auto bytes = bytes_of(*result);
  const size_t room = *size;
  *size = bytes.size();
  if (room < bytes.size()) return errSecBufferTooSmall;
  std::ranges::copy(bytes, out);
  return errSecSuccess;
}

bool is_possible(const uint8_t* in, size_t in_size, const uint8_t* out, const size_t* size) noexcept {
  return (in != nullptr || in_size == 0) && out != nullptr && size != nullptr;
}

}  // namespace

Boolean SecKeyIsAlgorithmSupported(SecKeyRef key, SecKeyOperationType operation, SecKeyAlgorithm algorithm) {
  const auto* const object = cf::checked<__SecKey>(key);
  if (object == nullptr) return 0;
  const auto meaning = apple::algorithm_of(algorithm);
  const auto* const signature = std::get_if<SignatureAlgorithm>(&meaning);
  const auto* const encryption = std::get_if<EncryptionAlgorithm>(&meaning);
  const auto supports = [&](const auto& wanted) {
    return std::visit([&](const auto& value) { return value.supports(wanted); }, object->key);
  };
  const bool is_private = object->private_key() != nullptr;
  switch (operation) {
    case kSecKeyOperationTypeSign: return signature != nullptr && is_private && supports(*signature);
    case kSecKeyOperationTypeVerify: return signature != nullptr && supports(*signature);
    case kSecKeyOperationTypeEncrypt: return encryption != nullptr && supports(*encryption);
    case kSecKeyOperationTypeDecrypt: return encryption != nullptr && is_private && supports(*encryption);
    case kSecKeyOperationTypeKeyExchange:
      return std::holds_alternative<apple::Agreement>(meaning) && is_private &&
             object->private_key()->type() == KeyType::Ec;
  }
  return 0;
}

CFDataRef SecKeyCreateSignature(SecKeyRef key, SecKeyAlgorithm algorithm, CFDataRef dataToSign, CFErrorRef* error) {
  return object_boundary([&]() -> CFDataRef {
    const auto* const object = cf::checked<__SecKey>(key);
    if (object == nullptr || object->private_key() == nullptr) return no_data(error, kNoKey);
    if (apple::as_data(dataToSign) == nullptr) return no_data(error, kNoInput);
    const auto meaning = apple::algorithm_of(algorithm);
    const auto* const signature = std::get_if<SignatureAlgorithm>(&meaning);
    if (signature == nullptr) return no_data(error, kNoAlgorithm);
    return data_or_null(object->private_key()->sign(*signature, cf::bytes_of(dataToSign)), error);
  });
}

Boolean SecKeyVerifySignature(SecKeyRef key, SecKeyAlgorithm algorithm, CFDataRef signedData, CFDataRef signature,
                              CFErrorRef* error) {
  const OSStatus status = boundary([&]() -> OSStatus {
    const auto* const object = cf::checked<__SecKey>(key);
    const auto meaning = apple::algorithm_of(algorithm);
    const auto* const wanted = std::get_if<SignatureAlgorithm>(&meaning);
    if (object == nullptr || apple::as_data(signedData) == nullptr || apple::as_data(signature) == nullptr ||
        wanted == nullptr) {
      set_error(error, errSecParam, object == nullptr ? kNoKey : wanted == nullptr ? kNoAlgorithm : kNoInput);
      return errSecParam;
    }
    const auto verdict = object->public_key().verify(*wanted, cf::bytes_of(signedData), cf::bytes_of(signature));
    if (verdict) return errSecSuccess;
    set_error(error, apple::key_status(verdict.error()), verdict.error().detail);
    return apple::key_status(verdict.error());
  });
  return status == errSecSuccess;
}

CFDataRef SecKeyCreateEncryptedData(SecKeyRef key, SecKeyAlgorithm algorithm, CFDataRef plaintext, CFErrorRef* error) {
  return object_boundary([&]() -> CFDataRef {
    const auto* const object = cf::checked<__SecKey>(key);
    if (object == nullptr) return no_data(error, kNoKey);
    if (apple::as_data(plaintext) == nullptr) return no_data(error, kNoInput);
    const auto meaning = apple::algorithm_of(algorithm);
    const auto* const encryption = std::get_if<EncryptionAlgorithm>(&meaning);
    if (encryption == nullptr) return no_data(error, kNoAlgorithm);
    return data_or_null(object->public_key().encrypt(*encryption, cf::bytes_of(plaintext)), error);
  });
}

CFDataRef SecKeyCreateDecryptedData(SecKeyRef key, SecKeyAlgorithm algorithm, CFDataRef ciphertext, CFErrorRef* error) {
  return object_boundary([&]() -> CFDataRef {
    const auto* const object = cf::checked<__SecKey>(key);
    if (object == nullptr || object->private_key() == nullptr) return no_data(error, kNoKey);
    if (apple::as_data(ciphertext) == nullptr) return no_data(error, kNoInput);
    const auto meaning = apple::algorithm_of(algorithm);
    const auto* const encryption = std::get_if<EncryptionAlgorithm>(&meaning);
    if (encryption == nullptr) return no_data(error, kNoAlgorithm);
    return data_or_null(object->private_key()->decrypt(*encryption, cf::bytes_of(ciphertext)), error);
  });
}

CFDataRef SecKeyCopyKeyExchangeResult(SecKeyRef privateKey, SecKeyAlgorithm algorithm, SecKeyRef publicKey,
                                      CFDictionaryRef /*parameters*/, CFErrorRef* error) {
  return object_boundary([&]() -> CFDataRef {
    const auto* const ours = cf::checked<__SecKey>(privateKey);
    const auto* const theirs = cf::checked<__SecKey>(publicKey);
    if (ours == nullptr || ours->private_key() == nullptr || theirs == nullptr) return no_data(error, kNoKey);
    if (!std::holds_alternative<apple::Agreement>(apple::algorithm_of(algorithm))) return no_data(error, kNoAlgorithm);
    return data_or_null(ours->private_key()->agree(theirs->public_key()), error);
  });
}

OSStatus SecKeyRawSign(SecKeyRef key, SecPadding padding, const uint8_t* dataToSign, size_t dataToSignLen, uint8_t* sig,
                       size_t* sigLen) {
  const auto* const object = cf::checked<__SecKey>(key);
  if (object == nullptr || object->private_key() == nullptr) return errSecParam;
  if (!is_possible(dataToSign, dataToSignLen, sig, sigLen)) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto meaning = apple::signature_of(padding, object->private_key()->type());
    const auto* const signature = std::get_if<SignatureAlgorithm>(&meaning);
    if (signature == nullptr) return errSecParam;
    return put(object->private_key()->sign(*signature, {dataToSign, dataToSignLen}), sig, sigLen);
  });
}

OSStatus SecKeyRawVerify(SecKeyRef key, SecPadding padding, const uint8_t* signedData, size_t signedDataLen,
                         const uint8_t* sig, size_t sigLen) {
  const auto* const object = cf::checked<__SecKey>(key);
  if (object == nullptr || (signedData == nullptr && signedDataLen != 0) || sig == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    const PublicKey public_key = object->public_key();
    const auto meaning = apple::signature_of(padding, public_key.type());
    const auto* const signature = std::get_if<SignatureAlgorithm>(&meaning);
    if (signature == nullptr) return errSecParam;
    const auto verdict = public_key.verify(*signature, {signedData, signedDataLen}, {sig, sigLen});
    if (verdict) return errSecSuccess;
    const OSStatus status = apple::key_status(verdict.error());
    return status == errSecVerifyFailed ? OSStatus{errSSLCrypto} : status;
  });
}

OSStatus SecKeyEncrypt(SecKeyRef key, SecPadding padding, const uint8_t* plainText, size_t plainTextLen,
                       uint8_t* cipherText, size_t* cipherTextLen) {
  const auto* const object = cf::checked<__SecKey>(key);
  if (object == nullptr || !is_possible(plainText, plainTextLen, cipherText, cipherTextLen)) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto meaning = apple::encryption_of(padding);
    const auto* const encryption = std::get_if<EncryptionAlgorithm>(&meaning);
    if (encryption == nullptr) return errSecParam;
    return put(object->public_key().encrypt(*encryption, {plainText, plainTextLen}), cipherText, cipherTextLen);
  });
}

OSStatus SecKeyDecrypt(SecKeyRef key, SecPadding padding, const uint8_t* cipherText, size_t cipherTextLen,
                       uint8_t* plainText, size_t* plainTextLen) {
  const auto* const object = cf::checked<__SecKey>(key);
  if (object == nullptr || object->private_key() == nullptr) return errSecParam;
  if (!is_possible(cipherText, cipherTextLen, plainText, plainTextLen)) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto meaning = apple::encryption_of(padding);
    const auto* const encryption = std::get_if<EncryptionAlgorithm>(&meaning);
    if (encryption == nullptr) return errSecParam;
    return put(object->private_key()->decrypt(*encryption, {cipherText, cipherTextLen}), plainText, plainTextLen);
  });
}
