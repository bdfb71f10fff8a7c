/* SPDX-License-Identifier: Apache-2.0 */
/* What a program makes of PEM: certificates, and the identity for SSLSetCertificate. */
#ifndef SECURETRANSPORT_TESTS_C_LAB_PEM_H
#define SECURETRANSPORT_TESTS_C_LAB_PEM_H

#include <Security/Security.h>

#include "lab_victim.h"

/* SecItemImport; NULL if that fails. */
CFArrayRef lab_imported(const char* pem);
/* [SecIdentity, SecCertificate, ...]; NULL if the key is not that of the first certificate. */
CFArrayRef lab_identity(LabPem pem);

#endif
