// SPDX-License-Identifier: Apache-2.0
// What a CCCryptorRef points to: one cipher with its key, and how much of a block it holds back.
#pragma once

#include <CommonCrypto/CommonCryptor.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <memory>

#include "ossl/handles.hpp"

struct _CCCryptor {
 public:
  static CCCryptorStatus create(CCOperation operation, CCMode mode, CCAlgorithm algorithm, CCPadding padding,
                                const void* iv, const void* key, std::size_t key_length,
                                std::unique_ptr<_CCCryptor>& created) noexcept;
  _CCCryptor() = default;
  _CCCryptor(const _CCCryptor&) = delete;
  _CCCryptor& operator=(const _CCCryptor&) = delete;
  ~_CCCryptor() { OPENSSL_cleanse(tail_.data(), tail_.size()); }

  CCCryptorStatus update(const void* in, std::size_t size, void* out, std::size_t room, std::size_t& moved) noexcept;
  CCCryptorStatus finish(void* out, std::size_t room, std::size_t& moved) noexcept;
  CCCryptorStatus reset(const void* iv) noexcept;

  /// What an update writes, or at most that and all that follows.
  [[nodiscard]] std::size_t update_length(std::size_t size) const noexcept;
  [[nodiscard]] std::size_t total_length(std::size_t size) const noexcept;

 private:
  [[nodiscard]] bool is_padded_decryption() const noexcept { return is_padded_ && !encrypts_; }

  std::unique_ptr<EVP_CIPHER_CTX, securetransport::ossl::Deleter<EVP_CIPHER_CTX_free>> context_;
  std::size_t block_ = 1;      // 1 for the modes that make a stream.
  std::size_t held_ = 0;       // Bytes taken that were not written yet.
  std::size_t iv_length_ = 0;  // 0 if the mode has none.
  bool encrypts_ = true;
  bool is_padded_ = false;
  bool is_finished_ = false;
  // The last block, once it is known: a buffer too small for it must not lose it.
  std::array<unsigned char, EVP_MAX_BLOCK_LENGTH> tail_{};
  std::size_t tail_length_ = 0;
  bool has_tail_ = false;
};
