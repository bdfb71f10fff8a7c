/* SPDX-License-Identifier: Apache-2.0 */
/* What programs ask the platform headers: these present macOS 10.15 without __APPLE__. */
static int messages;
static long last_value;
#define DEBUG_ASSERT_MESSAGE(component, assertion, label, error, file, line, value) \
  ((void)++messages, (void)(last_value = (long)(value)))

#include <AssertMacros.h>
#include <CoreServices/CoreServices.h>

#ifdef __APPLE__
#error "no header may define __APPLE__"
#endif
#if !TARGET_OS_MAC || !TARGET_OS_OSX || TARGET_OS_IPHONE || TARGET_OS_EMBEDDED || TARGET_OS_TV || TARGET_OS_WATCH
#error "macOS is what these headers present"
#endif
/* curl and libhv leave out ALPN below 10.13 and kTLSProtocol13 below 10.15. */
#if MAC_OS_X_VERSION_MAX_ALLOWED < 101500 || MAC_OS_X_VERSION_MIN_REQUIRED < 101500
#error "programs would leave out TLS 1.3"
#endif
#if __MAC_10_5 != 1050 || __MAC_10_9 != 1090 || __MAC_10_13 != 101300 || MAC_OS_X_VERSION_10_8 != 1080
#error "the numbers of the versions are Apple's"
#endif
#if defined(__IPHONE_OS_VERSION_MIN_REQUIRED) || defined(__IPHONE_OS_VERSION_MAX_ALLOWED)
#error "a Mac has no version of iOS"
#endif

_Static_assert(sizeof(OSStatus) == 4 && sizeof(Boolean) == 1 && sizeof(CFIndex) == 8, "widths are those of a Mac");
_Static_assert(sizeof(UInt32) == 4 && sizeof(SInt64) == 8 && sizeof(UniChar) == 2, "widths are those of a Mac");
_Static_assert(noErr == 0 && ioErr == -36 && paramErr == -50, "values are Apple's");

/* Marks without meaning must not stand in the way. */
#ifdef __clang__
#pragma clang diagnostic ignored "-Wnullability-extension" /* the word is clang's own there */
#endif
API_AVAILABLE(macos(10.13), ios(11.0))
CF_RETURNS_RETAINED static CFStringRef _Nullable made(void) CF_AVAILABLE(10_5, 2_0);
static CFStringRef made(void) { return NULL; }

int platform_in_cpp(void);

static int jumps(OSStatus status, int* actions) {
  int reached_the_end = 0;
  require_noerr_quiet(status, out);
  require_noerr_action_quiet(status, out, ++*actions);
  require_quiet(status == noErr, out);
  __Require_noErr_Quiet(status, out);
  reached_the_end = 1;
out:
  return reached_the_end;
}

static int acts(int condition) {
  int actions = 0;
  require_action_quiet(condition, out, actions = 1);
  return 0;
out:
  return actions;
}

static int speaks(OSStatus status) {
  check(status == noErr);
  verify_noerr(status);
  require_noerr(status, out);
out:
  return messages;
}

int main(void) {
  int actions = 0;
  if (!jumps(noErr, &actions) || jumps(paramErr, &actions) || actions != 0) return 1;
  if (acts(1) != 0 || acts(0) != 1) return 2;
  if (messages != 0 || speaks(noErr) != 0 || speaks(ioErr) != 3 || last_value != ioErr) return 6;
  if (made() != NULL) return 3;
  if (CFRangeMake(2, 3).length != 3) return 4;
  if (__builtin_available(macOS 10.13, *)) return platform_in_cpp();
  return 5;
}
