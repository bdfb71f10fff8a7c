// SPDX-License-Identifier: Apache-2.0
// The objects behind SecCertificateRef, SecPolicyRef and SecTrustRef. They hold C++ values, and decide nothing.
#pragma once

#include <CoreFoundation/CFBase.h>
#include <Security/SecBase.h>
#include <Security/SecTrust.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cf/object.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/key.hpp"
#include "securetransport/trust/trust_question.hpp"

/// A certificate; immutable.
struct __SecCertificate final : securetransport::cf::Object {
 public:
  explicit __SecCertificate(securetransport::Certificate value,
                            std::optional<securetransport::PrivateKey> key_beside_it = std::nullopt);
  static CFTypeID type_id();

  bool equals(const Object& other) const override;
  CFHashCode hash() const override;
  std::string describe() const override;

  const securetransport::Certificate certificate;
  const std::vector<std::uint8_t> der;  ///< Handed out by pointer, so it lives as long as the object.
  /// Out of the same PKCS#12 as the certificate, for a program that imported it into no keychain.
  const std::optional<securetransport::PrivateKey> key;
};

/// A policy. Only SecPolicySetProperties changes one.
struct __SecPolicy final : securetransport::cf::Object {
 public:
  /// The identifier is the usual one of the kind.
  explicit __SecPolicy(securetransport::PolicyTerms value, CFOptionFlags revocation = 0);
  static CFTypeID type_id();

  bool equals(const Object& other) const override;
  CFHashCode hash() const override;
  std::string describe() const override;

  securetransport::PolicyTerms terms;
  CFOptionFlags revocation_flags;  ///< As the program gave them; only SecPolicyCopyProperties asks.
  CFStringRef identifier;          ///< One of the constants kSecPolicyApple...; lives for ever.
};

/// A question of trust, and its answer once somebody asked. Used by one thread at a time.
struct __SecTrust final : securetransport::cf::Object {
 public:
  using Certificates = std::vector<securetransport::cf::CFRef<SecCertificateRef>>;
  using Policies = std::vector<securetransport::cf::CFRef<SecPolicyRef>>;

  /// From the objects of a program. The leaf is first; neither list is empty.
  __SecTrust(Certificates input, Policies policies);

  /// From values, as a session has them: objects are made for the certificates and policies. `question.chain` is not
  /// empty. With `known`, the answer that was found already, nothing is judged again until the question changes.
  explicit __SecTrust(securetransport::TrustQuestion question,
                      std::optional<securetransport::TrustResult> known = std::nullopt);

  static CFTypeID type_id();
  std::string describe() const override;

  const securetransport::TrustQuestion& question() const noexcept { return question_; }
  /// To change the question; the answer is forgotten.
  securetransport::TrustQuestion& change();
  void set_policies(Policies policies);
  const Policies& policies() const noexcept { return policies_; }
  void set_anchors(std::optional<Certificates> anchors);
  const std::optional<Certificates>& anchors() const noexcept { return anchors_; }

  /// The answer, which is looked for now if there is none.
  const securetransport::TrustResult& result();
  bool has_result() const noexcept { return result_.has_value(); }
  std::chrono::sys_seconds evaluation_time() const noexcept { return evaluation_time_; }  ///< If has_result().
  /// The path of result(), as objects: those that were given wherever they are in it. Never empty: at least the leaf.
  const Certificates& path();
  SecCertificateRef leaf() const noexcept { return input_.front().get(); }

  /// The moment that counts; without a date it is now, and stays so.
  std::chrono::sys_seconds fix_time();

  bool is_network_allowed = true;                              ///< Kept for the program; nothing is ever fetched.
  std::vector<CSSM_TP_APPLE_EVIDENCE_INFO> evidence = {};      ///< Of SecTrustGetResult, which hands out a pointer,
  std::vector<std::vector<std::int32_t>> evidence_codes = {};  ///< and what it points to.

 private:
  void learn(securetransport::TrustResult result);

  securetransport::TrustQuestion question_;
  Certificates input_;
  Policies policies_;
  std::optional<Certificates> anchors_;
  std::optional<securetransport::TrustResult> result_;
  std::chrono::sys_seconds evaluation_time_{};
  Certificates path_;
};

namespace securetransport::apple {

/// A new object for a certificate.
[[nodiscard]] cf::CFRef<SecCertificateRef> make_certificate(Certificate certificate);
/// New objects, in order, as a CFArray.
[[nodiscard]] cf::CFRef<CFArrayRef> make_certificate_array(std::span<const Certificate> certificates);
/// The same objects as a CFArray.
[[nodiscard]] cf::CFRef<CFArrayRef> array_of(const __SecTrust::Certificates& certificates);
/// One certificate, or an array of nothing but certificates (perhaps empty), as objects; none for anything else.
[[nodiscard]] std::optional<__SecTrust::Certificates> certificates_in(CFTypeRef one_or_array);
/// One policy, or an array of nothing but policies (perhaps empty); none for anything else.
[[nodiscard]] std::optional<__SecTrust::Policies> policies_in(CFTypeRef one_or_array);

}  // namespace securetransport::apple
