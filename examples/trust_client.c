/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client that judges the server itself: the handshake stops at the server's certificate, the program evaluates it
 * against an authority of its own, says what it found, and only then goes on.
 *
 *   trust_client HOST PORT AUTHORITY.pem
 */
#include <CoreFoundation/CoreFoundation.h>
#include <Security/Security.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
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
  ssize_t count = send(*(const int*)connection, data, *length, 0);
  if (count != (ssize_t)*length) return errSSLClosedAbort;
  return noErr;
}

static int connect_to(const char* host, const char* port) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
  struct addrinfo *list = NULL, *entry;
  int fd = -1;

  if (getaddrinfo(host, port, &hints, &list) != 0) return -1;
  for (entry = list; entry; entry = entry->ai_next) {
    fd = socket(entry->ai_family, entry->ai_socktype, entry->ai_protocol);
    if (fd >= 0 && connect(fd, entry->ai_addr, entry->ai_addrlen) == 0) break;
    if (fd >= 0) close(fd);
    fd = -1;
  }
  freeaddrinfo(list);
  return fd;
}

/* The certificates of a PEM file. */
static CFArrayRef read_authorities(const char* path) {
  static UInt8 bytes[1 << 16];
  FILE* file = fopen(path, "rb");
  SecExternalFormat format = kSecFormatUnknown;
  SecExternalItemType type = kSecItemTypeUnknown;
  CFArrayRef items = NULL;
  CFDataRef data;

  if (!file) return NULL;
  data = CFDataCreate(kCFAllocatorDefault, bytes, (CFIndex)fread(bytes, 1, sizeof bytes, file));
  fclose(file);
  SecItemImport(data, NULL, &format, &type, 0, NULL, NULL, &items);
  CFRelease(data);
  return items;
}

static void print(const char* label, CFStringRef text) {
  char words[512] = "";
  if (text) CFStringGetCString(text, words, sizeof words, kCFStringEncodingUTF8);
  printf("%s: %s\n", label, words);
}

/* Prints the chain as it was built, and why it is refused if it is. */
static bool is_trusted(SSLContextRef context, CFArrayRef authorities) {
  SecTrustRef trust = NULL;
  CFErrorRef error = NULL;
  CFIndex index;
  bool trusted;

  if (SSLCopyPeerTrust(context, &trust) != noErr || !trust) return false;
  SecTrustSetAnchorCertificates(trust, authorities);
  SecTrustSetAnchorCertificatesOnly(trust, true);
  trusted = SecTrustEvaluateWithError(trust, &error);

  for (index = 0; index < SecTrustGetCertificateCount(trust); ++index) {
    CFStringRef name = SecCertificateCopySubjectSummary(SecTrustGetCertificateAtIndex(trust, index));
    print("certificate", name);
    if (name) CFRelease(name);
  }
  if (error) {
    CFStringRef reason = CFErrorCopyDescription(error);
    printf("code: %ld\n", (long)CFErrorGetCode(error));
    print("refused", reason);
    CFRelease(reason);
    CFRelease(error);
  }
  CFRelease(trust);
  return trusted;
}

int main(int argc, char** argv) {
  CFArrayRef authorities;
  SSLContextRef context;
  OSStatus status;
  int fd;

  if (argc != 4) {
    fprintf(stderr, "usage: trust_client HOST PORT AUTHORITY.pem\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  authorities = read_authorities(argv[3]);
  fd = connect_to(argv[1], argv[2]);
  if (!authorities || fd < 0) {
    fprintf(stderr, "trust_client: no %s\n", authorities ? "connection" : "authorities");
    return 3;
  }

  context = SSLCreateContext(kCFAllocatorDefault, kSSLClientSide, kSSLStreamType);
  SSLSetIOFuncs(context, read_socket, write_socket);
  SSLSetConnection(context, &fd);
  SSLSetPeerDomainName(context, argv[1], strlen(argv[1]));
  SSLSetSessionOption(context, kSSLSessionOptionBreakOnServerAuth, true);

  status = SSLHandshake(context);
  if (status == errSSLServerAuthCompleted) {
    /* To go on is to accept; to close is to refuse, and tells the server so. */
    status = is_trusted(context, authorities) ? SSLHandshake(context) : errSSLXCertChainInvalid;
  }
  printf("handshake: %d\n", (int)status);

  SSLClose(context);
  CFRelease(context);
  CFRelease(authorities);
  close(fd);
  return status == noErr ? 0 : 1;
}
