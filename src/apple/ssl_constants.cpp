// SPDX-License-Identifier: Apache-2.0
// The names of the session configurations.
#include <Security/SecureTransport.h>

#include "cf/string.hpp"

using securetransport::cf::constant_string;

const CFStringRef kSSLSessionConfig_default = constant_string<"default">;
const CFStringRef kSSLSessionConfig_ATSv1 = constant_string<"ATSv1">;
const CFStringRef kSSLSessionConfig_ATSv1_noPFS = constant_string<"ATSv1_noPFS">;
const CFStringRef kSSLSessionConfig_standard = constant_string<"standard">;
const CFStringRef kSSLSessionConfig_RC4_fallback = constant_string<"RC4_fallback">;
const CFStringRef kSSLSessionConfig_TLSv1_fallback = constant_string<"TLSv1_fallback">;
const CFStringRef kSSLSessionConfig_TLSv1_RC4_fallback = constant_string<"TLSv1_RC4_fallback">;
const CFStringRef kSSLSessionConfig_legacy = constant_string<"legacy">;
const CFStringRef kSSLSessionConfig_legacy_DHE = constant_string<"legacy_DHE">;
const CFStringRef kSSLSessionConfig_anonymous = constant_string<"anonymous">;
const CFStringRef kSSLSessionConfig_3DES_fallback = constant_string<"3DES_fallback">;
const CFStringRef kSSLSessionConfig_TLSv1_3DES_fallback = constant_string<"TLSv1_3DES_fallback">;
