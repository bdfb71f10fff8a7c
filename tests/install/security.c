/* SPDX-License-Identifier: Apache-2.0 */
/* A program outside of the project: meets the C library through Apple's headers, as on macOS. */
#include <CoreFoundation/CoreFoundation.h>
#include <Security/Security.h>
#include <stdio.h>

int main(void) {
  CFStringRef text = SecCopyErrorMessageString(errSSLCertExpired, NULL);
  char words[256] = "";
  SSLContextRef context = SSLCreateContext(kCFAllocatorDefault, kSSLClientSide, kSSLStreamType);
  SSLSessionState state = kSSLAborted;
  int good = context != NULL && SSLGetSessionState(context, &state) == noErr && state == kSSLIdle;

  good = good && text != NULL && CFStringGetCString(text, words, sizeof words, kCFStringEncodingUTF8);
  printf("%d: %s\n", (int)errSSLCertExpired, words);
  if (text) CFRelease(text);
  if (context) CFRelease(context);
  return good ? 0 : 1;
}
