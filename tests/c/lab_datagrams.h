/* SPDX-License-Identifier: Apache-2.0 */
/* The programs over datagrams: two contexts and a bad network between them. */
#ifndef SECURETRANSPORT_TESTS_C_LAB_DATAGRAMS_H
#define SECURETRANSPORT_TESTS_C_LAB_DATAGRAMS_H

#include "lab_programs.h"

OSStatus lab_datagram_no_answer(const LabMaterial* material);
OSStatus lab_datagram_lost(const LabMaterial* material);
OSStatus lab_datagram_repeated(const LabMaterial* material);
OSStatus lab_datagram_reordered(const LabMaterial* material);
OSStatus lab_datagram_record_skipped(const LabMaterial* material);

#endif
