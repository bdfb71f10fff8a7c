// SPDX-License-Identifier: Apache-2.0
// The identities of the tests of the lab's TLS peer, made once a process, and options with them.
#pragma once

#include <string>

#include "lab/pki.hpp"
#include "lab/tls/faulty_peer.hpp"

namespace securetransport::lab::test {

struct Identities {
  Pki pki = Pki::make("Lab test").value();
  Issued ecdsa = pki.issue_server("localhost").value();
  Issued rsa = [this] {
    CertificateSpec spec = server_spec("localhost");
    spec.key = KeyKind::Rsa2048;
    return pki.issue(spec).value();
  }();
};

inline const Identities& identities() {
  static const Identities kMade;
  return kMade;
}

inline PeerOptions with_identity(std::uint16_t version, const Issued& issued) {
  PeerOptions options;
  options.version = version;
  options.chain_pem = identities().pki.chain_pem(issued);
  options.key_pem = issued.key_pem;
  options.application_data = "from the lab";
  return options;
}

inline PeerOptions ecdsa(std::uint16_t version) { return with_identity(version, identities().ecdsa); }
inline PeerOptions rsa(std::uint16_t suite) {
  PeerOptions options = with_identity(kTls12, identities().rsa);
  options.suites = {suite};
  return options;
}

}  // namespace securetransport::lab::test
