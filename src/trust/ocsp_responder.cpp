// SPDX-License-Identifier: Apache-2.0
// Who signed an OCSP response, and whether they may speak for the issuer (RFC 6960 section 4.2.2.2).
#include "trust/ocsp_responder.hpp"

#include <new>
#include <utility>

#include "trust/asn1_time.hpp"
#include "trust/certificate_checks.hpp"
#include "trust/text.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

constexpr std::string_view kAuthority = "RFC 6960 section 4.2.2.2";
constexpr std::string_view kSignature = "RFC 6960 section 3.2 (2)";

std::string quoted(const std::string& name) { return "\"" + shorten(name, 300) + "\""; }

ossl::X509ViewPtr only(X509& certificate) {
  ossl::X509ViewPtr stack(sk_X509_new_null());
  if (!stack || sk_X509_push(stack.get(), &certificate) <= 0) throw std::bad_alloc();
  return stack;
}

/// The certificate that the responder ID names: the issuer's if it fits, else one of those in the response.
X509* find_signer(OCSP_BASICRESP& response, X509& issuer) {
  X509* signer = nullptr;
  const ossl::X509ViewPtr candidates = only(issuer);
  return OCSP_resp_get0_signer(&response, &signer, candidates.get()) == 1 ? signer : nullptr;
}

/// OpenSSL would go on to judge the signer with the system's clock and the whole root store: here only the signature
/// is its business.
bool is_signed_by(OCSP_BASICRESP& response, X509& signer) {
  const ossl::X509ViewPtr candidates = only(signer);
  return OCSP_basic_verify(&response, candidates.get(), nullptr, OCSP_NOINTERN | OCSP_NOVERIFY) == 1;
}

bool is_issued_by(X509& certificate, X509& issuer) {
  EVP_PKEY* const key = X509_get0_pubkey(&issuer);
  return X509_check_issued(&issuer, &certificate) == X509_V_OK && key != nullptr && X509_verify(&certificate, key) == 1;
}

// RFC 6960 section 4.2.2.2: "A designated responder's certificate MUST include the id-kp-OCSPSigning"; a CA "MUST issue
// this certificate directly". anyExtendedKeyUsage does not do.
bool may_sign_responses(X509& certificate) {
  return (X509_get_extension_flags(&certificate) & EXFLAG_XKUSAGE) != 0 &&
         (X509_get_extended_key_usage(&certificate) & XKU_OCSP_SIGN) != 0;
}

std::vector<ResponderFault> delegate_faults(X509& signer, const Certificate& issuer, std::chrono::sys_seconds now) {
  const Certificate delegate = share(signer);
  const std::string who = "the OCSP responder's certificate (" + quoted(delegate.subject()) + ") ";
  std::vector<ResponderFault> faults;
  const auto add = [&](const std::string& what, std::string_view rule) { faults.push_back({who + what, rule}); };
  if (!is_issued_by(signer, *x509_of(issuer))) {
    add("was not issued by the certificate's own issuer, " + quoted(issuer.subject()), kAuthority);
  }
  if (!may_sign_responses(signer)) add("lacks the extended key usage OCSPSigning", kAuthority);
  if (has_unreadable_extension(delegate)) {
    add("has an extension that cannot be read or occurs twice", "RFC 5280 section 4.2");
  }
  if ((X509_get_extension_flags(&signer) & EXFLAG_CRITICAL) != 0) {
    add("has a critical extension that is not understood", "RFC 5280 section 4.2");
  }
  if (now < delegate.not_before()) {
    add("is valid from " + iso8601(delegate.not_before()) + "; the time is " + iso8601(now), kAuthority);
  }
  if (now > delegate.not_after()) {
    add("expired at " + iso8601(delegate.not_after()) + "; the time is " + iso8601(now), kAuthority);
  }
  return faults;
}

}  // namespace

std::vector<ResponderFault> responder_faults(OCSP_BASICRESP& response, const Certificate& issuer,
                                             std::chrono::sys_seconds now) {
  X509* const signer = find_signer(response, *x509_of(issuer));
  if (signer == nullptr) {
    return {{"the OCSP response is signed by a responder that is neither the issuer " + quoted(issuer.subject()) +
                 " nor one whose certificate it contains",
             kAuthority}};
  }
  if (!is_signed_by(response, *signer)) {
    return {{"the signature of the OCSP response does not verify with the key of " + quoted(share(*signer).subject()),
             kSignature}};
  }
  if (share(*signer) == issuer) return {};
  return delegate_faults(*signer, issuer, now);
}

}  // namespace securetransport::trust
