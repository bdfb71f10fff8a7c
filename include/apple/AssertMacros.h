/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checks that jump to a label, Apple's way: require_noerr(status, out). A check that fails says so on standard error;
 * the kinds with Quiet in their names do not, nor do any if DEBUG_ASSERT_PRODUCTION_CODE is 1. check() only says so.
 */
#ifndef __ASSERTMACROS__
#define __ASSERTMACROS__

#include <stdio.h>

#ifndef DEBUG_ASSERT_PRODUCTION_CODE
#define DEBUG_ASSERT_PRODUCTION_CODE 0
#endif

#ifndef DEBUG_ASSERT_MESSAGE
#if DEBUG_ASSERT_PRODUCTION_CODE
#define DEBUG_ASSERT_MESSAGE(component, assertion, label, error, file, line, value) ((void)(value))
#else
#define DEBUG_ASSERT_MESSAGE(component, assertion, label, error, file, line, value)                          \
  ((void)fprintf(stderr, "AssertMacros: %s, file: %s, line: %d, value: %ld\n", assertion, file, (int)(line), \
                 (long)(value)))
#endif
#endif

#define SECURETRANSPORT_ASSERT_SAY(assertion, value) \
  DEBUG_ASSERT_MESSAGE("", assertion, "", "", __FILE__, __LINE__, value)

#define __Check(assertion)                                       \
  do {                                                           \
    if (!(assertion)) SECURETRANSPORT_ASSERT_SAY(#assertion, 0); \
  } while (0)
#define __Check_noErr(code)                                                     \
  do {                                                                          \
    const long check_code = (long)(code);                                       \
    if (check_code != 0) SECURETRANSPORT_ASSERT_SAY(#code " == 0", check_code); \
  } while (0)
#define __Check_String(assertion, message) __Check(assertion)
#define __Verify(assertion) __Check(assertion)
#define __Verify_noErr(code) __Check_noErr(code)

#define __Require_Action_Quiet(assertion, label, action) \
  do {                                                   \
    if (!(assertion)) {                                  \
      { action; }                                        \
      goto label;                                        \
    }                                                    \
  } while (0)
#define __Require_Action(assertion, label, action) \
  do {                                             \
    if (!(assertion)) {                            \
      SECURETRANSPORT_ASSERT_SAY(#assertion, 0);   \
      { action; }                                  \
      goto label;                                  \
    }                                              \
  } while (0)
#define __Require_noErr_Action_Quiet(code, label, action) __Require_Action_Quiet((code) == 0, label, action)
#define __Require_noErr_Action(code, label, action)            \
  do {                                                         \
    const long require_code = (long)(code);                    \
    if (require_code != 0) {                                   \
      SECURETRANSPORT_ASSERT_SAY(#code " == 0", require_code); \
      { action; }                                              \
      goto label;                                              \
    }                                                          \
  } while (0)
#define __Require(assertion, label) __Require_Action(assertion, label, (void)0)
#define __Require_Quiet(assertion, label) __Require_Action_Quiet(assertion, label, (void)0)
#define __Require_String(assertion, label, message) __Require(assertion, label)
#define __Require_noErr(code, label) __Require_noErr_Action(code, label, (void)0)
#define __Require_noErr_Quiet(code, label) __Require_noErr_Action_Quiet(code, label, (void)0)
#define __Require_noErr_String(code, label, message) __Require_noErr(code, label)

#define __nCheck(assertion) __Check(!(assertion))
#define __nRequire(assertion, label) __Require(!(assertion), label)
#define __nRequire_Quiet(assertion, label) __Require_Quiet(!(assertion), label)
#define __nRequire_Action(assertion, label, action) __Require_Action(!(assertion), label, action)
#define __nRequire_Action_Quiet(assertion, label, action) __Require_Action_Quiet(!(assertion), label, action)

/* The short names are words that other headers use; a program can do without them. */
#ifndef __ASSERT_MACROS_DEFINE_VERSIONS_WITHOUT_UNDERSCORES
#define __ASSERT_MACROS_DEFINE_VERSIONS_WITHOUT_UNDERSCORES 1
#endif
#if __ASSERT_MACROS_DEFINE_VERSIONS_WITHOUT_UNDERSCORES
#define check(assertion) __Check(assertion)
#define check_noerr(code) __Check_noErr(code)
#define check_string(assertion, message) __Check_String(assertion, message)
#define verify(assertion) __Verify(assertion)
#define verify_noerr(code) __Verify_noErr(code)
#define require(assertion, label) __Require(assertion, label)
#define require_quiet(assertion, label) __Require_Quiet(assertion, label)
#define require_string(assertion, label, message) __Require_String(assertion, label, message)
#define require_action(assertion, label, action) __Require_Action(assertion, label, action)
#define require_action_quiet(assertion, label, action) __Require_Action_Quiet(assertion, label, action)
#define require_noerr(code, label) __Require_noErr(code, label)
#define require_noerr_quiet(code, label) __Require_noErr_Quiet(code, label)
#define require_noerr_string(code, label, message) __Require_noErr_String(code, label, message)
#define require_noerr_action(code, label, action) __Require_noErr_Action(code, label, action)
#define require_noerr_action_quiet(code, label, action) __Require_noErr_Action_Quiet(code, label, action)
#define ncheck(assertion) __nCheck(assertion)
#define nrequire(assertion, label) __nRequire(assertion, label)
#define nrequire_quiet(assertion, label) __nRequire_Quiet(assertion, label)
#define nrequire_action(assertion, label, action) __nRequire_Action(assertion, label, action)
#define nrequire_action_quiet(assertion, label, action) __nRequire_Action_Quiet(assertion, label, action)
#endif

#endif
