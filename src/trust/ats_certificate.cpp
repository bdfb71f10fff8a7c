// SPDX-License-Identifier: Apache-2.0
// What App Transport Security asks of a single certificate: its key's size, its signature's hash and algorithm.
#include "trust/ats_certificate.hpp"

#include <openssl/obj_mac.h>

#include <array>

#include "trust/error_mark.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

struct SignatureKind {
  int hash = NID_undef;
  int key = NID_undef;
};

SignatureKind signature_kind(const Certificate& certificate) {
  const ErrorMark mark;
  SignatureKind kind;
  // It says "unknown" for hashes that this OpenSSL cannot compute, but names them all the same.
  X509_get_signature_info(keyless_of(certificate), &kind.hash, &kind.key, nullptr, nullptr);
  return kind;
}

struct SchemeRow {
  int hash;
  int key;
  std::uint16_t scheme;
};

// For certificates the scheme stands for key family and hash alone. A PSS signature may go under either of its two
// numbers, which differ in the signer's key only.
constexpr std::array<SchemeRow, 21> kSchemes{{
    {NID_md5, NID_rsaEncryption, 0x0101},
    {NID_sha1, NID_rsaEncryption, 0x0201},
    {NID_sha224, NID_rsaEncryption, 0x0301},
    {NID_sha256, NID_rsaEncryption, 0x0401},
    {NID_sha384, NID_rsaEncryption, 0x0501},
    {NID_sha512, NID_rsaEncryption, 0x0601},
    {NID_sha1, NID_dsa, 0x0202},
    {NID_sha256, NID_dsa, 0x0402},
    {NID_sha1, NID_X9_62_id_ecPublicKey, 0x0203},
    {NID_sha224, NID_X9_62_id_ecPublicKey, 0x0303},
    {NID_sha256, NID_X9_62_id_ecPublicKey, 0x0403},
    {NID_sha384, NID_X9_62_id_ecPublicKey, 0x0503},
    {NID_sha512, NID_X9_62_id_ecPublicKey, 0x0603},
    {NID_sha256, NID_rsassaPss, 0x0804},
    {NID_sha384, NID_rsassaPss, 0x0805},
    {NID_sha512, NID_rsassaPss, 0x0806},
    {NID_undef, NID_ED25519, 0x0807},
    {NID_undef, NID_ED448, 0x0808},
    {NID_sha256, NID_rsassaPss, 0x0809},
    {NID_sha384, NID_rsassaPss, 0x080A},
    {NID_sha512, NID_rsassaPss, 0x080B},
}};

}  // namespace

KeySize key_size(const Certificate& certificate) {
  const ErrorMark mark;
  const EVP_PKEY* const key = certificate.impl().key();
  if (key == nullptr) return {KeyFamily::Other, 0};
  const auto bits = static_cast<unsigned>(EVP_PKEY_get_bits(key));
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS: return {KeyFamily::Rsa, bits};
    case EVP_PKEY_EC: return {KeyFamily::Ec, bits};
    default: return {KeyFamily::Other, bits};
  }
}

bool has_hash_below_sha256(const Certificate& certificate) {
  switch (signature_kind(certificate).hash) {
    case NID_md2:
    case NID_md4:
    case NID_md5:
    case NID_md5_sha1:
    case NID_mdc2:
    case NID_sha:
    case NID_sha1:
    case NID_ripemd160:
    case NID_sha224:
    case NID_sha3_224: return true;
    default: return false;
  }
}

bool has_hash_of_md_family(const Certificate& certificate) {
  const int hash = signature_kind(certificate).hash;
  return hash == NID_md2 || hash == NID_md4 || hash == NID_md5;
}

std::vector<std::uint16_t> signature_schemes(const Certificate& certificate) {
  const SignatureKind kind = signature_kind(certificate);
  std::vector<std::uint16_t> schemes;
  for (const SchemeRow& row : kSchemes) {
    if (row.hash == kind.hash && row.key == kind.key) schemes.push_back(row.scheme);
  }
  return schemes;
}

}  // namespace securetransport::trust
