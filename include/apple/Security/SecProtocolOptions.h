/* SPDX-License-Identifier: Apache-2.0 */
/* Of this header of Network.framework, only what Secure Transport shares with it. */
#ifndef SECURETRANSPORT_SECURITY_SECPROTOCOLOPTIONS_H
#define SECURETRANSPORT_SECURITY_SECPROTOCOLOPTIONS_H

#include <Security/SecBase.h>
#include <Security/SecProtocolTypes.h>

#endif
