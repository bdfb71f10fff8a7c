/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of keys and keychains: a folder that goes away in the end, what the openssl command makes in it, and short
 * ways to dictionaries. */
#ifndef SECURETRANSPORT_TESTS_C_KEY_FILES_H
#define SECURETRANSPORT_TESTS_C_KEY_FILES_H

#include <CoreFoundation/CoreFoundation.h>
#include <Security/Security.h>

/*
 * The folder of this process. In it: leaf.pem and ca.pem (certificates, the leaf under the CA), key.pem (PKCS#8 of the
 * leaf), rsa.pem (a self-signed certificate) and rsa_key.pem (PKCS#1).
 */
const char* folder(void);
/* The path of a file in it; four of them are good at the same time. */
const char* in_folder(const char* name);
/* Runs a command of the shell in the folder; what it writes to the file `out` is the result, which the caller
 * releases. The program ends if the command fails. */
CFDataRef made_by(const char* command);
CFDataRef contents_of(const char* name);
int files_in_folder(void);

CFDataRef data_of(const void* bytes, size_t size);
CFStringRef text_of(const char* text);

/* A dictionary of pairs of keys and values up to a NULL; the values are borrowed. */
CFDictionaryRef dictionary(const void* key, ...);

/* The item of an array with this type; NULL if there is none. */
CFTypeRef first_of_type(CFArrayRef array, CFTypeID type);

void release(CFTypeRef object); /* CFRelease that takes NULL */

#endif
