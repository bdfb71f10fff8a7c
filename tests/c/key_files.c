/* SPDX-License-Identifier: Apache-2.0 */
#include "key_files.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char the_folder[200];

static void shell(const char* command) {
  char line[2000];
  snprintf(line, sizeof line, "cd '%s' && { %s; } > log 2>&1", the_folder, command);
  if (system(line) == 0) return;
  fprintf(stderr, "this failed in %s: %s\n", the_folder, command);
  exit(2);
}

static void remove_folder(void) {
  char line[300];
  snprintf(line, sizeof line, "rm -rf '%s'", the_folder);
  if (system(line) != 0) fprintf(stderr, "%s is left over\n", the_folder);
}

const char* folder(void) {
  if (the_folder[0] != '\0') return the_folder;
  const char* const parent = getenv("TMPDIR");
  snprintf(the_folder, sizeof the_folder, "%s/keys-XXXXXX", parent != NULL ? parent : "/tmp");
  if (mkdtemp(the_folder) == NULL) {
    perror(the_folder);
    exit(2);
  }
  atexit(remove_folder);
  shell(
      "printf '[req]\\ndistinguished_name=d\\n[d]\\n[ca]\\nbasicConstraints=critical,CA:TRUE\\n"
      "keyUsage=keyCertSign\\n[leaf]\\nbasicConstraints=CA:FALSE\\nsubjectAltName=DNS:www.example.com,"
      "email:ada@example.com\\n' > conf");
  shell(
      "openssl req -config conf -x509 -extensions ca -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 "
      "-keyout ca_key.pem -out ca.pem -subj '/O=Example/CN=Test CA'");
  shell(
      "openssl req -config conf -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem "
      "-out request -subj '/O=Example/CN=Test Leaf'");
  shell(
      "openssl x509 -req -in request -CA ca.pem -CAkey ca_key.pem -CAcreateserial -days 20 -extfile conf "
      "-extensions leaf -out leaf.pem");
  shell(
      "openssl req -config conf -x509 -extensions leaf -newkey rsa:2048 -nodes -days 30 -keyout rsa_pkcs8.pem "
      "-out rsa.pem -subj '/CN=Test RSA'");
  shell("openssl rsa -traditional -in rsa_pkcs8.pem -out rsa_key.pem");
  return the_folder;
}

const char* in_folder(const char* name) {
  static char paths[4][300];
  static int next;
  next = (next + 1) % 4;
  snprintf(paths[next], sizeof paths[next], "%s/%s", folder(), name);
  return paths[next];
}

CFDataRef contents_of(const char* name) {
  FILE* const file = fopen(in_folder(name), "rb");
  if (file == NULL) {
    perror(name);
    exit(2);
  }
  static unsigned char bytes[200000];
  const size_t size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  return data_of(bytes, size);
}

CFDataRef made_by(const char* command) {
  folder();
  shell(command);
  return contents_of("out");
}

int files_in_folder(void) {
  DIR* const list = opendir(folder());
  int count = 0;
  while (list != NULL && readdir(list) != NULL) ++count;
  if (list != NULL) closedir(list);
  return count;
}

CFDataRef data_of(const void* bytes, size_t size) { return CFDataCreate(NULL, (const UInt8*)bytes, (CFIndex)size); }

CFStringRef text_of(const char* text) { return CFStringCreateWithCString(NULL, text, kCFStringEncodingUTF8); }

CFDictionaryRef dictionary(const void* key, ...) {
  CFMutableDictionaryRef made =
      CFDictionaryCreateMutable(NULL, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  va_list pairs;
  va_start(pairs, key);
  while (key != NULL) {
    CFDictionarySetValue(made, key, va_arg(pairs, const void*));
    key = va_arg(pairs, const void*);
  }
  va_end(pairs);
  return made;
}

CFTypeRef first_of_type(CFArrayRef array, CFTypeID type) {
  for (CFIndex i = 0; array != NULL && i < CFArrayGetCount(array); ++i) {
    if (CFGetTypeID(CFArrayGetValueAtIndex(array, i)) == type) return CFArrayGetValueAtIndex(array, i);
  }
  return NULL;
}

void release(CFTypeRef object) {
  if (object != NULL) CFRelease(object);
}
