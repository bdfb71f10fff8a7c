// SPDX-License-Identifier: Apache-2.0
// AES-128 in GCM and in CBC with HMAC, as records use them.
#include "lab/tls/record_cipher.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "lab/openssl_handles.hpp"
#include "lab/tls/byte_writer.hpp"

namespace securetransport::lab {
namespace {

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Release<EVP_CIPHER_CTX_free>>;

constexpr std::size_t kBlock = 16;
constexpr std::size_t kTag = 16;
constexpr std::size_t kExplicitNonce = 8;

Bytes additional_data(std::uint64_t sequence, const RecordHeader& header, std::size_t length) {
  return ByteWriter().u64(sequence).u8(header.type).u16(header.version).u16(length).take();
}

Bytes gcm_seal(ByteView key, ByteView nonce, ByteView aad, ByteView plain) {
  const CipherContext context(EVP_CIPHER_CTX_new());
  Bytes out(plain.size() + kTag);
  int size = 0;
  EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, key.data(), nonce.data());
  EVP_EncryptUpdate(context.get(), nullptr, &size, aad.data(), static_cast<int>(aad.size()));
  if (!plain.empty()) {  // Without input EVP would take the call for the last one.
    EVP_EncryptUpdate(context.get(), out.data(), &size, plain.data(), static_cast<int>(plain.size()));
  }
  EVP_EncryptFinal_ex(context.get(), out.data() + plain.size(), &size);
  EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTag, out.data() + plain.size());
  return out;
}

std::optional<Bytes> gcm_open(ByteView key, ByteView nonce, ByteView aad, ByteView sealed) {
  if (sealed.size() < kTag) return std::nullopt;
  const ByteView text = sealed.first(sealed.size() - kTag);
  Bytes tag(sealed.end() - kTag, sealed.end());
  const CipherContext context(EVP_CIPHER_CTX_new());
  Bytes out(text.size() + 1);
  int size = 0;
  EVP_DecryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, key.data(), nonce.data());
  EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data());
  EVP_DecryptUpdate(context.get(), nullptr, &size, aad.data(), static_cast<int>(aad.size()));
  if (!text.empty()) {
    EVP_DecryptUpdate(context.get(), out.data(), &size, text.data(), static_cast<int>(text.size()));
  }
  if (EVP_DecryptFinal_ex(context.get(), out.data() + text.size(), &size) != 1) return std::nullopt;
  out.resize(text.size());
  return out;
}

enum class Direction : int { Decrypt = 0, Encrypt = 1 };

/// Whole blocks, no padding.
Bytes cbc(Direction direction, ByteView key, ByteView iv, ByteView text) {
  const CipherContext context(EVP_CIPHER_CTX_new());
  Bytes out(text.size());
  int size = 0;
  EVP_CipherInit_ex(context.get(), EVP_aes_128_cbc(), nullptr, key.data(), iv.data(), static_cast<int>(direction));
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  if (!text.empty()) EVP_CipherUpdate(context.get(), out.data(), &size, text.data(), static_cast<int>(text.size()));
  return out;
}

Bytes record_mac(const RecordCipher& cipher, const RecordHeader& header, ByteView data) {
  Bytes input = additional_data(cipher.sequence, header, data.size());
  append(input, data);
  return hmac(cipher.mac_hash, cipher.mac_key, input);
}

void pad(Bytes& text, Tamper tamper) {
  std::size_t count = kBlock - text.size() % kBlock;  // The length byte included.
  if (tamper == Tamper::Padding && count == 1) count += kBlock;
  text.insert(text.end(), count, static_cast<std::uint8_t>(count - 1));
  if (tamper == Tamper::Padding) text[text.size() - count] ^= 0x55;  // The first byte of it, not the length.
}

Bytes seal_cbc(RecordCipher& cipher, const RecordHeader& header, ByteView payload, Tamper tamper) {
  const bool is_chained = cipher.version <= kTls10;
  const Bytes iv = is_chained ? cipher.iv : random_bytes(kBlock);
  const auto corrupted = [tamper](Bytes mac) {
    if (tamper == Tamper::Mac) mac.front() ^= 0x55;
    return mac;
  };
  Bytes text(payload.begin(), payload.end());
  if (cipher.kind == CipherKind::CbcMacThenEncrypt) append(text, corrupted(record_mac(cipher, header, payload)));
  pad(text, tamper);
  const Bytes encrypted = cbc(Direction::Encrypt, cipher.key, iv, text);
  Bytes body = is_chained ? Bytes{} : iv;
  append(body, encrypted);
  if (is_chained) cipher.iv.assign(encrypted.end() - kBlock, encrypted.end());
  if (cipher.kind == CipherKind::CbcEncryptThenMac) append(body, corrupted(record_mac(cipher, header, body)));
  return body;
}

/// Removes padding; nullopt if it is malformed. A tester need not hide how long it takes.
std::optional<ByteView> unpadded(ByteView text) {
  if (text.empty()) return std::nullopt;
  const std::size_t count = std::size_t{text.back()} + 1;
  if (count > text.size()) return std::nullopt;
  const ByteView padding = text.last(count);
  if (!std::all_of(padding.begin(), padding.end(), [&](std::uint8_t byte) { return byte == text.back(); })) {
    return std::nullopt;
  }
  return text.first(text.size() - count);
}

std::optional<Bytes> open_cbc(RecordCipher& cipher, const RecordHeader& header, ByteView body) {
  const std::size_t mac_size = digest(cipher.mac_hash, {}).size();
  if (cipher.kind == CipherKind::CbcEncryptThenMac) {
    if (body.size() < mac_size) return std::nullopt;
    const ByteView mac = body.last(mac_size);
    body = body.first(body.size() - mac_size);
    const Bytes expected = record_mac(cipher, header, body);
    if (!std::equal(mac.begin(), mac.end(), expected.begin(), expected.end())) return std::nullopt;
  }
  Bytes iv = cipher.iv;
  if (cipher.version > kTls10) {
    if (body.size() < kBlock) return std::nullopt;
    iv.assign(body.begin(), body.begin() + kBlock);
    body = body.subspan(kBlock);
  }
  if (body.empty() || body.size() % kBlock != 0) return std::nullopt;
  const Bytes decrypted = cbc(Direction::Decrypt, cipher.key, iv, body);
  std::optional<ByteView> text = unpadded(decrypted);
  if (text && cipher.kind == CipherKind::CbcMacThenEncrypt) {
    if (text->size() < mac_size) return std::nullopt;
    const ByteView mac = text->last(mac_size);
    text = text->first(text->size() - mac_size);
    const Bytes expected = record_mac(cipher, header, *text);
    if (!std::equal(mac.begin(), mac.end(), expected.begin(), expected.end())) return std::nullopt;
  }
  if (!text) return std::nullopt;
  if (cipher.version <= kTls10) cipher.iv.assign(body.end() - kBlock, body.end());
  return Bytes(text->begin(), text->end());
}

Bytes nonce12(ByteView implicit, ByteView explicit_part) {
  Bytes nonce(implicit.begin(), implicit.end());
  append(nonce, explicit_part);
  return nonce;
}

/// RFC 8446 section 5.3: "The padded sequence number is XORed with either the static client_write_iv or
/// server_write_iv (depending on the role)."
Bytes nonce13(const RecordCipher& cipher) {
  Bytes nonce = cipher.iv;
  for (std::size_t i = 0; i < 8; ++i)
    nonce[nonce.size() - 1 - i] ^= static_cast<std::uint8_t>(cipher.sequence >> 8 * i);
  return nonce;
}

Bytes header_bytes(const RecordHeader& header, std::size_t length) {
  return ByteWriter().u8(header.type).u16(header.version).u16(length).take();
}

}  // namespace

Bytes seal(RecordCipher& cipher, const RecordHeader& header, std::uint8_t type, ByteView payload, Tamper tamper) {
  Bytes body;
  switch (cipher.kind) {
    case CipherKind::None: return {payload.begin(), payload.end()};
    case CipherKind::CbcMacThenEncrypt:
    case CipherKind::CbcEncryptThenMac: body = seal_cbc(cipher, header, payload, tamper); break;
    case CipherKind::Gcm12: {
      body = ByteWriter().u64(cipher.sequence).take();
      append(body, gcm_seal(cipher.key, nonce12(cipher.iv, body),
                            additional_data(cipher.sequence, header, payload.size()), payload));
      break;
    }
    case CipherKind::Gcm13: {
      Bytes inner(payload.begin(), payload.end());
      inner.push_back(type);
      body = gcm_seal(cipher.key, nonce13(cipher), header_bytes(header, inner.size() + kTag), inner);
      break;
    }
  }
  ++cipher.sequence;
  return body;
}

std::optional<Opened> open(RecordCipher& cipher, const RecordHeader& header, ByteView body) {
  std::optional<Bytes> text;
  std::uint8_t type = header.type;
  switch (cipher.kind) {
    case CipherKind::None: return Opened{type, Bytes(body.begin(), body.end())};
    case CipherKind::CbcMacThenEncrypt:
    case CipherKind::CbcEncryptThenMac: text = open_cbc(cipher, header, body); break;
    case CipherKind::Gcm12:
      if (body.size() < kExplicitNonce + kTag) return std::nullopt;
      text = gcm_open(cipher.key, nonce12(cipher.iv, body.first(kExplicitNonce)),
                      additional_data(cipher.sequence, header, body.size() - kExplicitNonce - kTag),
                      body.subspan(kExplicitNonce));
      break;
    case CipherKind::Gcm13: {
      text = gcm_open(cipher.key, nonce13(cipher), header_bytes(header, body.size()), body);
      if (!text) break;
      while (!text->empty() && text->back() == 0) text->pop_back();  // Padding, RFC 8446 section 5.4.
      if (text->empty()) return std::nullopt;
      type = text->back();
      text->pop_back();
      break;
    }
  }
  if (!text) return std::nullopt;
  ++cipher.sequence;
  return Opened{type, *std::move(text)};
}

}  // namespace securetransport::lab
