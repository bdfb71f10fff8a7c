// SPDX-License-Identifier: Apache-2.0
// A cipher that counts what it holds back, so that it can say how much room it needs before it writes.
#include "commoncrypto/cryptor.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace {

constexpr std::size_t kLongestPiece = std::size_t{1} << 30;  // OpenSSL counts in int.

/// The cipher of an algorithm that this room has, or null.
const EVP_CIPHER* cipher_of(CCAlgorithm algorithm, CCMode mode, std::size_t key_length) noexcept {
  struct Row {
    CCAlgorithm algorithm;
    CCMode mode;
    std::size_t key_length;
    const EVP_CIPHER* (*cipher)();
  };
  static constexpr Row kRows[] = {
      {kCCAlgorithmAES, kCCModeECB, 16, EVP_aes_128_ecb},    {kCCAlgorithmAES, kCCModeECB, 24, EVP_aes_192_ecb},
      {kCCAlgorithmAES, kCCModeECB, 32, EVP_aes_256_ecb},    {kCCAlgorithmAES, kCCModeCBC, 16, EVP_aes_128_cbc},
      {kCCAlgorithmAES, kCCModeCBC, 24, EVP_aes_192_cbc},    {kCCAlgorithmAES, kCCModeCBC, 32, EVP_aes_256_cbc},
      {kCCAlgorithmAES, kCCModeCFB, 16, EVP_aes_128_cfb128}, {kCCAlgorithmAES, kCCModeCFB, 24, EVP_aes_192_cfb128},
      {kCCAlgorithmAES, kCCModeCFB, 32, EVP_aes_256_cfb128}, {kCCAlgorithmAES, kCCModeCTR, 16, EVP_aes_128_ctr},
      {kCCAlgorithmAES, kCCModeCTR, 24, EVP_aes_192_ctr},    {kCCAlgorithmAES, kCCModeCTR, 32, EVP_aes_256_ctr},
      {kCCAlgorithmAES, kCCModeOFB, 16, EVP_aes_128_ofb},    {kCCAlgorithmAES, kCCModeOFB, 24, EVP_aes_192_ofb},
      {kCCAlgorithmAES, kCCModeOFB, 32, EVP_aes_256_ofb},    {kCCAlgorithmAES, kCCModeCFB8, 16, EVP_aes_128_cfb8},
      {kCCAlgorithmAES, kCCModeCFB8, 24, EVP_aes_192_cfb8},  {kCCAlgorithmAES, kCCModeCFB8, 32, EVP_aes_256_cfb8},
      {kCCAlgorithm3DES, kCCModeECB, 24, EVP_des_ede3_ecb},  {kCCAlgorithm3DES, kCCModeCBC, 24, EVP_des_ede3_cbc},
  };
  const auto* const found = std::ranges::find_if(kRows, [&](const Row& row) {
    return row.algorithm == algorithm && row.mode == mode && row.key_length == key_length;
  });
  return found != std::end(kRows) ? found->cipher() : nullptr;
}

/// Why there is no cipher: a key of another length would have one.
CCCryptorStatus why_no_cipher(CCAlgorithm algorithm, CCMode mode) noexcept {
  const bool has_one = cipher_of(algorithm, mode, 16) != nullptr || cipher_of(algorithm, mode, 24) != nullptr;
  return has_one ? kCCKeySizeError : kCCUnimplemented;
}

/// Leaves OpenSSL's error queue as it was found: a session of the same thread may read it.
struct ErrorMark {
  ErrorMark() noexcept { ERR_set_mark(); }
  ~ErrorMark() { ERR_pop_to_mark(); }
  ErrorMark(const ErrorMark&) = delete;
  ErrorMark& operator=(const ErrorMark&) = delete;
};

}  // namespace

CCCryptorStatus _CCCryptor::create(CCOperation operation, CCMode mode, CCAlgorithm algorithm, CCPadding padding,
                                   const void* iv, const void* key, std::size_t key_length,
                                   std::unique_ptr<_CCCryptor>& created) noexcept {
  if (operation > kCCDecrypt || padding > ccPKCS7Padding || key == nullptr) return kCCParamError;
  const EVP_CIPHER* const cipher = cipher_of(algorithm, mode, key_length);
  if (cipher == nullptr) return why_no_cipher(algorithm, mode);
  const ErrorMark mark;
  std::unique_ptr<_CCCryptor> made(new (std::nothrow) _CCCryptor);
  if (made == nullptr) return kCCMemoryFailure;
  made->context_.reset(EVP_CIPHER_CTX_new());
  if (made->context_ == nullptr) return kCCMemoryFailure;
  made->encrypts_ = operation == kCCEncrypt;
  made->block_ = static_cast<std::size_t>(EVP_CIPHER_get_block_size(cipher));
  made->iv_length_ = static_cast<std::size_t>(EVP_CIPHER_get_iv_length(cipher));
  made->is_padded_ = padding == ccPKCS7Padding && made->block_ > 1;  // A stream has nothing to pad.
  EVP_CIPHER_CTX* const context = made->context_.get();
  if (EVP_CipherInit_ex(context, cipher, nullptr, static_cast<const unsigned char*>(key), nullptr,
                        made->encrypts_ ? 1 : 0) != 1)
    return kCCUnspecifiedError;
  if (const CCCryptorStatus status = made->reset(iv); status != kCCSuccess) return status;
  created = std::move(made);
  return kCCSuccess;
}

CCCryptorStatus _CCCryptor::reset(const void* iv) noexcept {
  static constexpr std::array<unsigned char, EVP_MAX_IV_LENGTH> kZeros{};
  const ErrorMark mark;
  const auto* const start = iv != nullptr ? static_cast<const unsigned char*>(iv) : kZeros.data();
  if (EVP_CipherInit_ex(context_.get(), nullptr, nullptr, nullptr, iv_length_ != 0 ? start : nullptr, -1) != 1 ||
      EVP_CIPHER_CTX_set_padding(context_.get(), is_padded_ ? 1 : 0) != 1)
    return kCCUnspecifiedError;
  held_ = 0;
  is_finished_ = false;
  has_tail_ = false;
  OPENSSL_cleanse(tail_.data(), tail_.size());
  return kCCSuccess;
}

std::size_t _CCCryptor::update_length(std::size_t size) const noexcept {
  const std::size_t known = held_ + size;
  // The last block of a padded text may be padding: it is held back until more comes.
  if (is_padded_decryption()) return known == 0 ? 0 : (known - 1) / block_ * block_;
  return known / block_ * block_;
}

std::size_t _CCCryptor::total_length(std::size_t size) const noexcept {
  const std::size_t known = held_ + size;
  return is_padded_ && encrypts_ ? (known / block_ + 1) * block_ : known;
}

CCCryptorStatus _CCCryptor::update(const void* in, std::size_t size, void* out, std::size_t room,
                                   std::size_t& moved) noexcept {
  moved = 0;
  if (is_finished_ || has_tail_) return kCCCallSequenceError;
  if (size == 0) return kCCSuccess;
  const std::size_t needed = update_length(size);
  if (in == nullptr || (out == nullptr && needed != 0)) return kCCParamError;
  if (needed > room) {
    moved = needed;
    return kCCBufferTooSmall;
  }
  const ErrorMark mark;
  const auto* from = static_cast<const unsigned char*>(in);
  auto* const to = static_cast<unsigned char*>(out);
  std::array<unsigned char, EVP_MAX_BLOCK_LENGTH> nowhere{};  // OpenSSL wants a buffer where nothing is written, too.
  for (std::size_t left = size; left != 0;) {
    const std::size_t piece = std::min(left, kLongestPiece);
    int written = 0;
    if (EVP_CipherUpdate(context_.get(), to != nullptr ? to + moved : nowhere.data(), &written, from,
                         static_cast<int>(piece)) != 1) {
      is_finished_ = true;
      return kCCUnspecifiedError;
    }
    moved += static_cast<std::size_t>(written);
    from += piece;
    left -= piece;
  }
  held_ = held_ + size - moved;
  return kCCSuccess;
}

CCCryptorStatus _CCCryptor::finish(void* out, std::size_t room, std::size_t& moved) noexcept {
  moved = 0;
  if (is_finished_) return kCCCallSequenceError;
  if (!has_tail_) {
    if (!is_padded_ && held_ != 0) return kCCAlignmentError;
    if (is_padded_decryption() && held_ % block_ != 0) return kCCAlignmentError;
    const ErrorMark mark;
    int written = 0;
    if (EVP_CipherFinal_ex(context_.get(), tail_.data(), &written) != 1) {
      is_finished_ = true;
      return kCCDecodeError;
    }
    tail_length_ = static_cast<std::size_t>(written);
    has_tail_ = true;
  }
  moved = tail_length_;
  if (tail_length_ > room) return kCCBufferTooSmall;
  if (tail_length_ != 0) {
    if (out == nullptr) return kCCParamError;
    std::memcpy(out, tail_.data(), tail_length_);
  }
  OPENSSL_cleanse(tail_.data(), tail_.size());
  is_finished_ = true;
  return kCCSuccess;
}
