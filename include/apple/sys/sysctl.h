/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one question that users of Secure Transport ask of the kernel: which Darwin it is. The answer is that of
 * macOS 12, the newest with every function of these headers. Linux has had no header of this name since glibc 2.32.
 */
#ifndef _SYS_SYSCTL_H_
#define _SYS_SYSCTL_H_

#include <errno.h>
#include <stddef.h>
#include <string.h>

#define CTL_KERN 1
#define KERN_OSTYPE 1
#define KERN_OSRELEASE 2

/* `*oldlenp` in: room in bytes, unless `oldp` is NULL; out: bytes of the answer, its NUL included. Without room
 * ENOMEM, for any other question ENOENT, for an answer of the caller's EPERM. */
static inline int sysctl(int* name, unsigned int namelen, void* oldp, size_t* oldlenp, void* newp, size_t newlen) {
  const char* answer = "21.6.0";
  size_t size;

  if (newp != NULL || newlen != 0) {
    errno = EPERM;
    return -1;
  }
  if (namelen == 2 && name[0] == CTL_KERN && name[1] == KERN_OSTYPE) {
    answer = "Darwin";
  } else if (namelen != 2 || name[0] != CTL_KERN || name[1] != KERN_OSRELEASE) {
    errno = ENOENT;
    return -1;
  }
  if (oldlenp == NULL) return 0;
  size = strlen(answer) + 1;
  if (oldp != NULL) {
    if (*oldlenp < size) {
      errno = ENOMEM;
      return -1;
    }
    memcpy(oldp, answer, size);
  }
  *oldlenp = size;
  return 0;
}

#endif
