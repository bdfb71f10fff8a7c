/* SPDX-License-Identifier: Apache-2.0 */
/* The older result codes that programs still name: values are Apple's. */
#ifndef __MACERRORS__
#define __MACERRORS__

enum {
  noErr = 0,
  unimpErr = -4,    /* not implemented */
  ioErr = -36,      /* reading or writing failed */
  eofErr = -39,     /* end of file */
  fnfErr = -43,     /* no such file */
  dupFNErr = -48,   /* the file is there already */
  paramErr = -50,   /* an argument is wrong */
  permErr = -54,    /* not permitted */
  memFullErr = -108 /* out of memory */
};

enum {
  userCanceledErr = -128, /* the user said no */
};

#endif
