// SPDX-License-Identifier: Apache-2.0
// <CommonCrypto/CommonCryptor.h>: the C functions over the cryptor.
#include <CommonCrypto/CommonCryptor.h>

#include <memory>

#include "commoncrypto/cryptor.hpp"

namespace {

bool is_known(CCOptions options) noexcept {
  return (options & ~CCOptions{kCCOptionPKCS7Padding | kCCOptionECBMode}) == 0;
}

CCMode mode_of(CCOptions options) noexcept { return (options & kCCOptionECBMode) != 0 ? kCCModeECB : kCCModeCBC; }

CCPadding padding_of(CCOptions options) noexcept {
  return (options & kCCOptionPKCS7Padding) != 0 ? ccPKCS7Padding : ccNoPadding;
}

void tell(std::size_t* where, std::size_t moved) noexcept {
  if (where != nullptr) *where = moved;
}

}  // namespace

CCCryptorStatus CCCrypt(CCOperation op, CCAlgorithm alg, CCOptions options, const void* key, size_t keyLength,
                        const void* iv, const void* dataIn, size_t dataInLength, void* dataOut, size_t dataOutAvailable,
                        size_t* dataOutMoved) {
  tell(dataOutMoved, 0);
  if (!is_known(options)) return kCCParamError;
  std::unique_ptr<_CCCryptor> cryptor;
  if (const auto status =
          _CCCryptor::create(op, mode_of(options), alg, padding_of(options), iv, key, keyLength, cryptor);
      status != kCCSuccess)
    return status;
  const std::size_t needed = cryptor->total_length(dataInLength);
  if (needed > dataOutAvailable) {
    tell(dataOutMoved, needed);
    return kCCBufferTooSmall;
  }
  std::size_t moved = 0;
  if (const auto status = cryptor->update(dataIn, dataInLength, dataOut, dataOutAvailable, moved); status != kCCSuccess)
    return status;
  std::size_t last = 0;
  auto* const rest = dataOut != nullptr ? static_cast<unsigned char*>(dataOut) + moved : nullptr;
  if (const auto status = cryptor->finish(rest, dataOutAvailable - moved, last); status != kCCSuccess) return status;
  tell(dataOutMoved, moved + last);
  return kCCSuccess;
}

CCCryptorStatus CCCryptorCreate(CCOperation op, CCAlgorithm alg, CCOptions options, const void* key, size_t keyLength,
                                const void* iv, CCCryptorRef* cryptorRef) {
  if (cryptorRef == nullptr) return kCCParamError;
  *cryptorRef = nullptr;
  if (!is_known(options)) return kCCParamError;
  return CCCryptorCreateWithMode(op, mode_of(options), alg, padding_of(options), iv, key, keyLength, nullptr, 0, 0, 0,
                                 cryptorRef);
}

CCCryptorStatus CCCryptorCreateFromData(CCOperation op, CCAlgorithm alg, CCOptions options, const void* key,
                                        size_t keyLength, const void* iv, const void* /*data*/, size_t /*dataLength*/,
                                        CCCryptorRef* cryptorRef, size_t* dataUsed) {
  tell(dataUsed, 0);
  return CCCryptorCreate(op, alg, options, key, keyLength, iv, cryptorRef);
}

CCCryptorStatus CCCryptorCreateWithMode(CCOperation op, CCMode mode, CCAlgorithm alg, CCPadding padding, const void* iv,
                                        const void* key, size_t keyLength, const void* /*tweak*/,
                                        size_t /*tweakLength*/, int /*numRounds*/, CCModeOptions options,
                                        CCCryptorRef* cryptorRef) {
  if (cryptorRef == nullptr) return kCCParamError;
  *cryptorRef = nullptr;
  if ((options & kCCModeOptionCTR_LE) != 0) return kCCUnimplemented;
  std::unique_ptr<_CCCryptor> cryptor;
  const auto status = _CCCryptor::create(op, mode, alg, padding, iv, key, keyLength, cryptor);
  *cryptorRef = cryptor.release();
  return status;
}

CCCryptorStatus CCCryptorRelease(CCCryptorRef cryptorRef) {
  const std::unique_ptr<_CCCryptor> owner(cryptorRef);
  return kCCSuccess;
}

CCCryptorStatus CCCryptorUpdate(CCCryptorRef cryptorRef, const void* dataIn, size_t dataInLength, void* dataOut,
                                size_t dataOutAvailable, size_t* dataOutMoved) {
  tell(dataOutMoved, 0);
  if (cryptorRef == nullptr) return kCCParamError;
  std::size_t moved = 0;
  const auto status = cryptorRef->update(dataIn, dataInLength, dataOut, dataOutAvailable, moved);
  tell(dataOutMoved, moved);
  return status;
}

CCCryptorStatus CCCryptorFinal(CCCryptorRef cryptorRef, void* dataOut, size_t dataOutAvailable, size_t* dataOutMoved) {
  tell(dataOutMoved, 0);
  if (cryptorRef == nullptr) return kCCParamError;
  std::size_t moved = 0;
  const auto status = cryptorRef->finish(dataOut, dataOutAvailable, moved);
  tell(dataOutMoved, moved);
  return status;
}

size_t CCCryptorGetOutputLength(CCCryptorRef cryptorRef, size_t inputLength, bool final) {
  if (cryptorRef == nullptr) return 0;
  return final ? cryptorRef->total_length(inputLength) : cryptorRef->update_length(inputLength);
}

CCCryptorStatus CCCryptorReset(CCCryptorRef cryptorRef, const void* iv) {
  return cryptorRef != nullptr ? cryptorRef->reset(iv) : CCCryptorStatus{kCCParamError};
}
