// SPDX-License-Identifier: Apache-2.0
// The table of suites and the two key schedules.
#include "lab/tls/key_schedule.hpp"

#include <algorithm>
#include <array>

#include "lab/tls/byte_writer.hpp"
#include "securetransport/core/byte_reader.hpp"

namespace securetransport::lab {
namespace {

using enum KeyExchange;
using enum SuiteCipher;

constexpr std::array kSuites{
    SuiteFacts{suite::kAes128GcmSha256, Tls13, SignedBy::Anything, Gcm, kTls13},
    SuiteFacts{suite::kEcdheEcdsaAes128Gcm, Ecdhe, SignedBy::Ecdsa, Gcm, kTls12},
    SuiteFacts{suite::kEcdheRsaAes128Gcm, Ecdhe, SignedBy::Rsa, Gcm, kTls12},
    SuiteFacts{suite::kEcdheEcdsaAes128Sha256, Ecdhe, SignedBy::Ecdsa, CbcSha256, kTls12},
    SuiteFacts{suite::kEcdheRsaAes128Sha256, Ecdhe, SignedBy::Rsa, CbcSha256, kTls12},
    SuiteFacts{suite::kEcdheEcdsaAes128Sha, Ecdhe, SignedBy::Ecdsa, CbcSha, kTls10},
    SuiteFacts{suite::kEcdheRsaAes128Sha, Ecdhe, SignedBy::Rsa, CbcSha, kTls10},
    SuiteFacts{suite::kDheRsaAes128Gcm, Dhe, SignedBy::Rsa, Gcm, kTls12},
    SuiteFacts{suite::kDheRsaAes128Sha, Dhe, SignedBy::Rsa, CbcSha, kTls10},
    SuiteFacts{suite::kRsaAes128Gcm, KeyExchange::Rsa, SignedBy::Rsa, Gcm, kTls12},
    SuiteFacts{suite::kRsaAes128Sha256, KeyExchange::Rsa, SignedBy::Rsa, CbcSha256, kTls12},
    SuiteFacts{suite::kRsaAes128Sha, KeyExchange::Rsa, SignedBy::Rsa, CbcSha, kTls10},
    SuiteFacts{suite::kPskAes128Gcm, Psk, SignedBy::Nobody, Gcm, kTls12},
};

constexpr std::size_t kKeySize = 16;

Bytes copy(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

Bytes joined(ByteView a, ByteView b) {
  Bytes out = copy(a);
  append(out, b);
  return out;
}

}  // namespace

std::span<const SuiteFacts> known_suites() noexcept { return kSuites; }

const SuiteFacts* find_suite(std::uint16_t number) noexcept {
  const auto* const found = std::ranges::find(kSuites, number, &SuiteFacts::number);
  return found == kSuites.end() ? nullptr : found;
}

void Schedule12::derive_master(ByteView premaster, ByteView session_hash) {
  master = session_hash.empty() ? prf(prf_hash(), premaster, "master secret", joined(client_random, server_random), 48)
                                : prf(prf_hash(), premaster, "extended master secret", session_hash, 48);
}

KeyPair Schedule12::keys(const SuiteFacts& facts, bool encrypt_then_mac) const {
  const bool is_gcm = facts.cipher == Gcm;
  const Hash mac_hash = facts.cipher == CbcSha256 ? Hash::Sha256 : Hash::Sha1;
  const std::size_t mac_size = is_gcm ? 0 : digest(mac_hash, {}).size();
  const std::size_t iv_size = is_gcm ? 4 : (version <= kTls10 ? 16 : 0);
  const Bytes block = prf(prf_hash(), master, "key expansion", joined(server_random, client_random),
                          2 * (mac_size + kKeySize + iv_size));
  RecordCipher common;
  common.kind = is_gcm             ? CipherKind::Gcm12
                : encrypt_then_mac ? CipherKind::CbcEncryptThenMac
                                   : CipherKind::CbcMacThenEncrypt;
  common.version = version;
  common.mac_hash = mac_hash;
  KeyPair pair{common, common};
  ByteReader reader(block);
  pair.client.mac_key = copy(reader.bytes(mac_size));
  pair.server.mac_key = copy(reader.bytes(mac_size));
  pair.client.key = copy(reader.bytes(kKeySize));
  pair.server.key = copy(reader.bytes(kKeySize));
  pair.client.iv = copy(reader.bytes(iv_size));
  pair.server.iv = copy(reader.bytes(iv_size));
  return pair;
}

Bytes Schedule12::verify_data(Side side, ByteView transcript_hash) const {
  return prf(prf_hash(), master, side == Side::Client ? "client finished" : "server finished", transcript_hash, 12);
}

void Schedule13::derive_handshake(ByteView shared_secret, ByteView transcript_hash) {
  const Bytes zeros(32);
  const Bytes nothing = digest(Hash::Sha256, {});
  const Bytes early = hkdf_extract({}, zeros);
  const Bytes secret = hkdf_extract(hkdf_expand_label(early, "derived", nothing, 32), shared_secret);
  client_handshake = hkdf_expand_label(secret, "c hs traffic", transcript_hash, 32);
  server_handshake = hkdf_expand_label(secret, "s hs traffic", transcript_hash, 32);
  master = hkdf_extract(hkdf_expand_label(secret, "derived", nothing, 32), zeros);
}

void Schedule13::derive_application(ByteView transcript_hash) {
  client_application = hkdf_expand_label(master, "c ap traffic", transcript_hash, 32);
  server_application = hkdf_expand_label(master, "s ap traffic", transcript_hash, 32);
}

RecordCipher Schedule13::cipher(ByteView traffic_secret) {
  RecordCipher made;
  made.kind = CipherKind::Gcm13;
  made.version = kTls13;
  made.key = hkdf_expand_label(traffic_secret, "key", {}, kKeySize);
  made.iv = hkdf_expand_label(traffic_secret, "iv", {}, 12);
  return made;
}

Bytes Schedule13::verify_data(ByteView traffic_secret, ByteView transcript_hash) {
  return hmac(Hash::Sha256, hkdf_expand_label(traffic_secret, "finished", {}, 32), transcript_hash);
}

}  // namespace securetransport::lab
