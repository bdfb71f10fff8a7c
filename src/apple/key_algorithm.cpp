// SPDX-License-Identifier: Apache-2.0
// The table of the algorithms' names.
#include "apple/key_algorithm.hpp"

#include "apple/cf_values.hpp"

namespace securetransport::apple {
namespace {

struct Row {
  const CFStringRef& name;
  KeyAlgorithm meaning;
};

#define ST_SIGNATURE(symbol, text, scheme, hash, input) \
  Row{symbol, SignatureAlgorithm{SigningScheme::scheme, HashKind::hash, SignatureInput::input}},
#define ST_ENCRYPTION(symbol, text, scheme, hash) \
  Row{symbol, EncryptionAlgorithm{EncryptionScheme::scheme, HashKind::hash}},
#define ST_AGREEMENT(symbol, text) Row{symbol, Agreement{}},
const Row kRows[] = {
#include "apple/key_algorithms.def"
};
#undef ST_SIGNATURE
#undef ST_ENCRYPTION
#undef ST_AGREEMENT

SignatureAlgorithm hashed(SigningScheme scheme, HashKind hash) noexcept {
  return {scheme, hash, SignatureInput::Hash};
}

}  // namespace

KeyAlgorithm algorithm_of(SecKeyAlgorithm algorithm) {
  if (as_string(algorithm) == nullptr) return {};
  for (const Row& row : kRows) {
    if (CFEqual(row.name, algorithm) != 0) return row.meaning;
  }
  return {};
}

KeyAlgorithm signature_of(SecPadding padding, KeyType type) noexcept {
  if (type == KeyType::Ec) {
    // A phone takes the padding for RSA alone, and signs what it is given.
    if (padding == kSecPaddingPKCS1MD2 || padding == kSecPaddingOAEP) return {};
    return hashed(SigningScheme::Ecdsa, HashKind::None);
  }
  switch (padding) {
    case kSecPaddingNone: return hashed(SigningScheme::RsaRaw, HashKind::None);
    case kSecPaddingPKCS1: return hashed(SigningScheme::RsaPkcs1, HashKind::None);
    case kSecPaddingPKCS1MD5: return hashed(SigningScheme::RsaPkcs1, HashKind::Md5);
    case kSecPaddingPKCS1SHA1: return hashed(SigningScheme::RsaPkcs1, HashKind::Sha1);
    case kSecPaddingPKCS1SHA224: return hashed(SigningScheme::RsaPkcs1, HashKind::Sha224);
    case kSecPaddingPKCS1SHA256: return hashed(SigningScheme::RsaPkcs1, HashKind::Sha256);
    case kSecPaddingPKCS1SHA384: return hashed(SigningScheme::RsaPkcs1, HashKind::Sha384);
    case kSecPaddingPKCS1SHA512: return hashed(SigningScheme::RsaPkcs1, HashKind::Sha512);
    default: return {};
  }
}

KeyAlgorithm encryption_of(SecPadding padding) noexcept {
  switch (padding) {
    case kSecPaddingNone: return EncryptionAlgorithm{EncryptionScheme::RsaRaw, HashKind::None};
    case kSecPaddingPKCS1: return EncryptionAlgorithm{EncryptionScheme::RsaPkcs1, HashKind::None};
    case kSecPaddingOAEP: return EncryptionAlgorithm{EncryptionScheme::RsaOaep, HashKind::Sha1};
    default: return {};
  }
}

OSStatus key_status(const Error& error) noexcept {
  switch (error.code) {
    case ResultCode::BadCert:
    case ResultCode::ConfigurationFailed: return errSecParam;
    case ResultCode::Crypto: return errSecVerifyFailed;
    default: return errSecInternalComponent;
  }
}

}  // namespace securetransport::apple
