/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A blocking server, one client after the other: it sends the first line back and closes. Its certificate and key come
 * out of a PKCS #12 file, and no keychain is touched.
 *
 *   server FILE.p12 PASSPHRASE PORT [CLIENTS]     port 0: any; it is printed
 */
#include <CoreFoundation/CoreFoundation.h>
#include <Security/Security.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static OSStatus read_socket(SSLConnectionRef connection, void* data, size_t* length) {
  size_t wanted = *length;
  ssize_t count = recv(*(const int*)connection, data, wanted, MSG_WAITALL);
  *length = count > 0 ? (size_t)count : 0;
  if (*length == wanted) return noErr;
  return count < 0 ? errSSLClosedAbort : errSSLClosedGraceful;
}

static OSStatus write_socket(SSLConnectionRef connection, const void* data, size_t* length) {
  size_t wanted = *length, moved = 0;
  while (moved < wanted) {
    ssize_t count = write(*(const int*)connection, (const char*)data + moved, wanted - moved);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    moved += (size_t)count;
  }
  *length = moved;
  return moved == wanted ? noErr : errSSLClosedAbort;
}

static CFDataRef read_file(const char* path) {
  static UInt8 bytes[1 << 16];
  FILE* file = fopen(path, "rb");
  size_t size;
  if (!file) return NULL;
  size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  return CFDataCreate(kCFAllocatorDefault, bytes, (CFIndex)size);
}

/* What SSLSetCertificate wants: the identity, then the certificates between it and the root. */
static OSStatus import_identity(const char* path, const char* passphrase, CFArrayRef* certificates) {
  CFDataRef file = read_file(path);
  CFStringRef word = CFStringCreateWithCString(kCFAllocatorDefault, passphrase, kCFStringEncodingUTF8);
  const void* keys[] = {kSecImportExportPassphrase};
  const void* values[] = {word};
  CFDictionaryRef options = CFDictionaryCreate(kCFAllocatorDefault, keys, values, 1, &kCFTypeDictionaryKeyCallBacks,
                                               &kCFTypeDictionaryValueCallBacks);
  CFArrayRef items = NULL;
  OSStatus status = file ? SecPKCS12Import(file, options, &items) : errSecIO;

  if (status == noErr && CFArrayGetCount(items) == 0) status = errSecItemNotFound;
  if (status == noErr) {
    CFDictionaryRef item = CFArrayGetValueAtIndex(items, 0);
    CFArrayRef chain = CFDictionaryGetValue(item, kSecImportItemCertChain);
    CFMutableArrayRef all = CFArrayCreateMutable(kCFAllocatorDefault, 0, &kCFTypeArrayCallBacks);
    CFArrayAppendValue(all, CFDictionaryGetValue(item, kSecImportItemIdentity));
    if (chain && CFArrayGetCount(chain) > 1) {
      CFArrayAppendArray(all, chain, CFRangeMake(1, CFArrayGetCount(chain) - 1));
    }
    *certificates = all;
  }
  if (items) CFRelease(items);
  CFRelease(options);
  CFRelease(word);
  if (file) CFRelease(file);
  return status;
}

static OSStatus serve_client(int fd, CFArrayRef certificates) {
  SSLContextRef context = SSLCreateContext(kCFAllocatorDefault, kSSLServerSide, kSSLStreamType);
  char line[4096];
  size_t size = 0, sent = 0;
  OSStatus status;

  SSLSetIOFuncs(context, read_socket, write_socket);
  SSLSetConnection(context, &fd);
  SSLSetCertificate(context, certificates);
  status = SSLHandshake(context);
  while (status == noErr && size < sizeof line && !memchr(line, '\n', size)) {
    size_t count = 0;
    status = SSLRead(context, line + size, sizeof line - size, &count);
    size += count;
  }
  if (status == noErr) status = SSLWrite(context, line, size, &sent);
  SSLClose(context);
  CFRelease(context);
  return status == errSSLClosedGraceful ? noErr : status;
}

static int listen_on(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((in_port_t)port)};
  socklen_t size = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, (struct sockaddr*)&address, size) < 0 || listen(fd, 16) < 0) return -1;
  getsockname(fd, (struct sockaddr*)&address, &size);
  printf("listening on %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

int main(int argc, char** argv) {
  CFArrayRef certificates = NULL;
  OSStatus status;
  int listener, clients = argc > 4 ? atoi(argv[4]) : -1;

  if (argc < 4) {
    fprintf(stderr, "usage: server FILE.p12 PASSPHRASE PORT [CLIENTS]\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  status = import_identity(argv[1], argv[2], &certificates);
  if (status != noErr) {
    fprintf(stderr, "server: cannot use %s: %d\n", argv[1], (int)status);
    return 3;
  }
  listener = listen_on(atoi(argv[3]));
  while (listener >= 0 && clients-- != 0) {
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) break;
    status = serve_client(fd, certificates);
    if (status != noErr) fprintf(stderr, "server: a client ended with %d\n", (int)status);
    close(fd);
  }
  CFRelease(certificates);
  if (listener >= 0) close(listener);
  return listener < 0 ? 3 : 0;
}
