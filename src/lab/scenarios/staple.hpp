// SPDX-License-Identifier: Apache-2.0
// OCSP responses to staple: a good one, and each of the bad ones.
#pragma once

#include "lab/scenarios/credentials.hpp"

namespace securetransport::lab {

/// In DER (RFC 6960); empty for Staple::None. Errors as issue().
///
/// @param about     Whose leaf it speaks of; its issuer signs.
/// @param stranger  Signs in the issuer's place for Staple::WrongSigner.
[[nodiscard]] Result<Bytes> make_staple(Staple kind, const Credentials& about, const Issued& stranger);

}  // namespace securetransport::lab
