/* SPDX-License-Identifier: Apache-2.0 */
/* The scenarios of the lab in which nobody misbehaves, as small programs on Apple's API. */
#ifndef SECURETRANSPORT_TESTS_C_LAB_PROGRAMS_H
#define SECURETRANSPORT_TESTS_C_LAB_PROGRAMS_H

#include "lab_victim.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  const char* root; /* PEM */
  LabPem server;    /* good ones */
  LabPem client;
} LabMaterial;

typedef struct {
  const char* name; /* of the scenario */
  OSStatus (*run)(const LabMaterial* material);
} LabProgram;

/* Null if there is no program of that name. */
const LabProgram* lab_program(const char* name);

/* Whether SecIdentityCreate makes an identity of certificate and key. */
bool lab_fits(LabPem pem);

#ifdef __cplusplus
}
#endif

#endif
