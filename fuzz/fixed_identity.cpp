// SPDX-License-Identifier: Apache-2.0
// One identity and its root, the same in every run, so that an input always does the same.
#include "fixed_identity.hpp"

#include <span>

namespace securetransport::fuzz {
namespace {

constexpr const char* kRoot = R"(-----BEGIN CERTIFICATE-----
MIIBaDCCAQ6gAwIBAgIQd13y0EmFznuAAyo4Q79odTAKBggqhkjOPQQDAjAUMRIw
EAYDVQQDDAlGdXp6IFJvb3QwHhcNMjYwMTAxMDAwMDAwWhcNMzYwMTAxMDAwMDAw
WjAUMRIwEAYDVQQDDAlGdXp6IFJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AATiuMOQ+davOCw68OldLfcwrf5B2P7/QkYbPW2wXNQbCgV0VQSdqhlsHQPcnZOZ
z5uq4goNFfmVqTs/rHXDNc3No0IwQDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB
/wQEAwIBBjAdBgNVHQ4EFgQUURKAz4Uh3R1mC0M3unmaaed1HD4wCgYIKoZIzj0E
AwIDSAAwRQIhAMvipVSZebfzbT3RW6ULJ3GMEDTJzpzar1EFbJHu34RXAiAGgrI7
HgwQAbz8Rd2ufw9awkv+G5AbXQ6yDWrPKm212w==
-----END CERTIFICATE-----
)";

constexpr const char* kChain = R"(-----BEGIN CERTIFICATE-----
MIIByDCCAW2gAwIBAgIQbI0BmTu70dH/mDg2VL+FhTAKBggqhkjOPQQDAjAcMRow
GAYDVQQDDBFGdXp6IEludGVybWVkaWF0ZTAeFw0yNjAxMDEwMDAwMDBaFw0yNzAx
MDEwMDAwMDBaMBoxGDAWBgNVBAMMD3d3dy5leGFtcGxlLmNvbTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABHXLwntvjwLpveCFNHeeTiAI8WQ2CDBsdmkR6HD8pG/C
1pyHtRWleFK4lGe7E3QjEhpqywbqwYiS8qzkthdCgnajgZIwgY8wGgYDVR0RBBMw
EYIPd3d3LmV4YW1wbGUuY29tMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeA
MBMGA1UdJQQMMAoGCCsGAQUFBwMBMB0GA1UdDgQWBBT4UgZsZ4weVnN8A+1dO9v2
WpjY1DAfBgNVHSMEGDAWgBT++LN6WzFC+mCf6dC0NqgujsRb8jAKBggqhkjOPQQD
AgNJADBGAiEA6ABNWqgF5klVoSC6NZedy5O29t0V5kuQqhf4QD8n29ICIQC/UBls
61/dyjx0apyp5ZoaXSMFBakgf2PtBP8zXi0Lyw==
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
MIIBkTCCATegAwIBAgIQYZfHVMDt2nCX8GQtiBDzZTAKBggqhkjOPQQDAjAUMRIw
EAYDVQQDDAlGdXp6IFJvb3QwHhcNMjYwMTAxMDAwMDAwWhcNMzYwMTAxMDAwMDAw
WjAcMRowGAYDVQQDDBFGdXp6IEludGVybWVkaWF0ZTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABN0w5FZEZtS7bJLJOWFCezSCAwFxFr82HEUI4Tvw8GSEqs5paZvm
87Y//Zle4/MipQuCjT3bAvZFmK5RG8NXINajYzBhMA8GA1UdEwEB/wQFMAMBAf8w
DgYDVR0PAQH/BAQDAgEGMB0GA1UdDgQWBBT++LN6WzFC+mCf6dC0NqgujsRb8jAf
BgNVHSMEGDAWgBRREoDPhSHdHWYLQze6eZpp53UcPjAKBggqhkjOPQQDAgNIADBF
AiEAgqVmQcDykzbYSZRuJzfYH9tCNIYruo/AOHCPeTPx0kICIAiv0DdwOoYoh4rD
fvblwQlODF568ak2Fh4gUv2NX6Ex
-----END CERTIFICATE-----
)";

constexpr const char* kKey = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNj1aOemTDGs46gVd
LuDTqi8FUi+7sSC1/kU40zhZOaihRANCAAR1y8J7b48C6b3ghTR3nk4gCPFkNggw
bHZpEehw/KRvwtach7UVpXhSuJRnuxN0IxIaassG6sGIkvKs5LYXQoJ2
-----END PRIVATE KEY-----
)";

}  // namespace

const Identity& fixed_identity() {
  static const Identity identity = Identity::from_pem(kChain, kKey).value();
  return identity;
}

const std::shared_ptr<const RootStore>& fixed_roots() {
  static const std::shared_ptr<const RootStore> roots = RootStore::of(Certificate::from_pem(kRoot).value());
  return roots;
}

}  // namespace securetransport::fuzz
