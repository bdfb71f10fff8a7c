// SPDX-License-Identifier: Apache-2.0
// How each certificate of the scenarios is made: a right one, changed in one place.
#include "lab/scenarios/credentials.hpp"

#include <openssl/pem.h>

#include "lab/openssl_handles.hpp"
#include "lab/scenarios/staple.hpp"
#include "lab/x509_extensions.hpp"

namespace securetransport::lab {
namespace {

using std::chrono::days;

CertificateSpec right_leaf(Bearer bearer) {
  CertificateSpec spec = bearer == Bearer::Server ? server_spec("lab.test") : client_spec("client.lab.test");
  spec.dns_names = {"client.lab.test"};
  // A wildcard covers one label, so that one certificate serves every scenario.
  if (bearer == Bearer::Server) {
    spec.dns_names = {"*.lab.test", "lab.test", "wrong.host.lab.test", "localhost"};
    spec.ip_addresses = {"127.0.0.1", "::1"};
  }
  return spec;
}

CertificateSpec right_authority(const std::string& name) {
  CertificateSpec spec;
  spec.common_name = name;
  spec.is_ca = true;
  return spec;
}

std::string text_of(BIO& memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(&memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

/// Keys that Pki does not make.
std::string key_pem_of(const PrivateKey& key) {
  const Memory text(BIO_new(BIO_s_mem()));
  if (key == nullptr || text == nullptr) return {};
  if (PEM_write_bio_PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) return {};
  return text_of(*text);
}

std::string certificate_pem_of(const Bytes& der) {
  const Memory text(BIO_new(BIO_s_mem()));
  if (text == nullptr) return {};
  if (PEM_write_bio(text.get(), PEM_STRING_X509, "", der.data(), static_cast<long>(der.size())) == 0) return {};
  return text_of(*text);
}

/// What a leaf alone says wrong.
void spoil(CertificateSpec& spec, Credential kind) {
  switch (kind) {
    case Credential::GoodRsa: spec.key = KeyKind::Rsa2048; break;
    case Credential::EmptySubject: spec.common_name.clear(); break;
    case Credential::Expired:
      spec.not_before = now() - days(100);
      spec.not_after = now() - days(10);
      break;
    case Credential::NotYetValid:
      spec.not_before = now() + days(10);
      spec.not_after = now() + days(100);
      break;
    case Credential::OtherName:
      spec.common_name = "somebody-else.example";
      spec.dns_names = {"somebody-else.example"};
      spec.ip_addresses.clear();
      break;
    case Credential::CommonNameOnly:
      spec.dns_names.clear();
      spec.ip_addresses.clear();
      break;
    case Credential::WrongKeyUsage:
      spec.omit_key_usage = true;
      spec.extra_extensions.push_back({"keyUsage", "critical,keyAgreement"});
      break;
    case Credential::WrongPurpose: spec.purposes = {Purpose::CodeSigning}; break;
    case Credential::CriticalExtension: spec.extra_extensions.push_back({"1.2.3.4", "critical,DER:05:00"}); break;
    case Credential::WeakKey: spec.key = KeyKind::Rsa1024; break;
    case Credential::Sha1Leaf: spec.digest = Digest::Sha1; break;
    case Credential::Md5Leaf: spec.digest = Digest::Md5; break;
    case Credential::LongLife: spec.not_after = spec.not_before + days(3 * 365); break;
    case Credential::MustStaple: spec.extra_extensions.push_back({"tlsfeature", "status_request"}); break;
    case Credential::UnsupportedKey:
      spec.key_pem = key_pem_of(PrivateKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519")));
      break;
    case Credential::TinyRsa: spec.key_pem = key_pem_of(PrivateKey(EVP_RSA_gen(512))); break;
    case Credential::Ed25519: spec.key = KeyKind::Ed25519; break;
    default: break;
  }
}

/// The one that stands between root and leaf, where it is not the usual one.
Result<Issued> special_issuer(Credential kind, const Pki& lab) {
  CertificateSpec spec = right_authority("Lab Special CA");
  switch (kind) {
    case Credential::ExpiredIntermediate:
      spec.not_before = now() - days(1000);
      spec.not_after = now() - days(10);
      return issue(spec, lab.root);
    case Credential::Sha1Intermediate: spec.digest = Digest::Sha1; return issue(spec, lab.root);
    case Credential::NameConstraints:
      spec.extra_extensions.push_back({"nameConstraints", "critical,permitted;DNS:example.com"});
      return issue(spec, lab.root);
    case Credential::Md5Leaf:
      spec.key = KeyKind::Rsa2048;  // There is no ECDSA with MD5.
      return issue(spec, lab.root);
    case Credential::PathTooLong: return lab.issue(spec);
    default: return lab.issue(server_spec("no-authority.lab.test"));
  }
}

Result<Credentials> under_special_issuer(Credential kind, const CertificateSpec& spec, const Pki& lab) {
  Result<Issued> issuer = special_issuer(kind, lab);
  if (!issuer) return issuer.error();
  Result<Issued> leaf = issue(spec, *issuer);
  if (!leaf) return leaf.error();
  std::string chain = leaf->certificate_pem + issuer->certificate_pem;
  const bool is_below_intermediate = kind == Credential::PathTooLong || kind == Credential::IssuerIsNoCa;
  if (is_below_intermediate) chain += lab.intermediate.certificate_pem;
  return Credentials{std::move(chain), leaf->key_pem, *leaf, *std::move(issuer)};
}

Result<Credentials> under(const Pki& authority, const CertificateSpec& spec, Credential kind) {
  Result<Issued> leaf = authority.issue(spec);
  if (!leaf) return leaf.error();
  if (kind == Credential::BadSignature) {
    leaf->certificate_der.back() ^= 1U;
    leaf->certificate_pem = certificate_pem_of(leaf->certificate_der);
  }
  std::string chain = authority.chain_pem(*leaf);
  if (kind == Credential::GoodWithRoot || kind == Credential::UntrustedRoot) chain = authority.full_chain_pem(*leaf);
  if (kind == Credential::LeafOnly) chain = leaf->certificate_pem;
  return Credentials{std::move(chain), leaf->key_pem, *leaf, authority.intermediate};
}

}  // namespace

Result<std::unique_ptr<Vault>> Vault::open() {
  Result<Pki> lab = Pki::make("Lab");
  if (!lab) return lab.error();
  Result<Pki> stranger = Pki::make("Stranger");
  if (!stranger) return stranger.error();
  return std::unique_ptr<Vault>(new Vault(*std::move(lab), *std::move(stranger)));
}

Result<Credentials> Vault::make(Credential kind, Bearer bearer) const {
  CertificateSpec spec = right_leaf(bearer);
  spoil(spec, kind);
  switch (kind) {
    case Credential::None: return Credentials{};
    case Credential::SelfSigned: {
      Result<Issued> alone = self_sign(spec);
      if (!alone) return alone.error();
      return Credentials{alone->certificate_pem, alone->key_pem, *alone, *alone};
    }
    case Credential::UntrustedRoot:
    case Credential::UntrustedRootNotSent: return under(stranger_, spec, kind);
    case Credential::ExpiredIntermediate:
    case Credential::Sha1Intermediate:
    case Credential::NameConstraints:
    case Credential::Md5Leaf:
    case Credential::PathTooLong:
    case Credential::IssuerIsNoCa: return under_special_issuer(kind, spec, lab_);
    case Credential::UnsupportedKey: {
      Result<Credentials> made = under(lab_, spec, kind);
      // The key of the certificate cannot sign; whatever stands in the signature, nobody comes to look at it.
      Result<Issued> signing = self_sign(server_spec("signing-key.lab.test"));
      if (made && signing) made->key_pem = signing->key_pem;
      return made;
    }
    default: return under(lab_, spec, kind);
  }
}

Result<Credentials> Vault::credentials(Credential kind, Bearer bearer) {
  const std::lock_guard lock(mutex_);
  const auto found = made_.find({kind, bearer});
  if (found != made_.end()) return found->second;
  Result<Credentials> made = make(kind, bearer);
  if (made) made_.emplace(std::pair(kind, bearer), *made);
  return made;
}

Result<Bytes> Vault::staple(Staple kind, const Credentials& about) {
  return make_staple(kind, about, stranger_.intermediate);
}

}  // namespace securetransport::lab
