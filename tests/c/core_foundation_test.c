/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CoreFoundation as C programs use it. The passages follow what programs with Secure Transport do: dictionaries for
 * SecItemCopyMatching, arrays of certificates, texts of errors.
 */
#include <CoreFoundation/CoreFoundation.h>

static int failures = 0;

static void expect(int holds, const char* what, int line) {
  if (holds) return;
  fprintf(stderr, "%s:%d: %s\n", __FILE__, line, what);
  failures++;
}
#define EXPECT(condition) expect((condition) != 0, #condition, __LINE__)

/* A text into a buffer: the quick way if there is one, else the other. */
static char* copy_text(CFStringRef string) {
  const char* quick = CFStringGetCStringPtr(string, kCFStringEncodingUTF8);
  CFIndex size = CFStringGetMaximumSizeForEncoding(CFStringGetLength(string), kCFStringEncodingUTF8) + 1;
  char* text = malloc((size_t)size);
  if (quick != NULL) {
    strcpy(text, quick);
  } else if (!CFStringGetCString(string, text, size, kCFStringEncodingUTF8)) {
    free(text);
    return NULL;
  }
  return text;
}

static void texts_go_in_and_come_out(void) {
  static const char* const rows[] = {"", "plain", "gr\xC3\xBC\xC3\x9F", "\xF0\x9F\x94\x92"};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    CFStringRef string = CFStringCreateWithCString(kCFAllocatorDefault, rows[i], kCFStringEncodingUTF8);
    char* text = copy_text(string);
    EXPECT(text != NULL && strcmp(text, rows[i]) == 0);
    free(text);
    CFRelease(string);
  }
  EXPECT(CFStringCreateWithCString(NULL, "\xFF", kCFStringEncodingUTF8) == NULL);
  EXPECT(CFStringCompare(CFSTR("Example.COM"), CFSTR("example.com"), kCFCompareCaseInsensitive) == kCFCompareEqualTo);
}

/* Outside of functions, too. */
static const CFStringRef kLabel = CFSTR("labl");
static const struct {
  CFStringRef name;
  CFIndex length;
} kTable[] = {{CFSTR("one"), 3}, {CFSTR("gr\303\274\303\237"), 4}, {CFSTR(""), 0}};

static void literals_are_constants(void) {
  for (size_t i = 0; i < sizeof kTable / sizeof *kTable; i++) {
    EXPECT(CFStringGetLength(kTable[i].name) == kTable[i].length);
  }
  CFMutableDictionaryRef known =
      CFDictionaryCreateMutable(NULL, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  CFDictionarySetValue(known, kLabel, kTable[0].name);
  CFStringRef made = CFStringCreateWithCString(NULL, "labl", kCFStringEncodingUTF8);
  EXPECT(CFEqual(CFDictionaryGetValue(known, made), CFSTR("one")));
  CFDictionarySetValue(known, made, kCFBooleanTrue);
  EXPECT(CFDictionaryGetCount(known) == 1 && CFDictionaryGetValue(known, kLabel) == kCFBooleanTrue);
  CFRelease(made);
  CFRelease(known);
}

static void a_query_holds_what_was_put_in(void) {
  CFStringRef label = CFStringCreateWithBytes(NULL, (const UInt8*)"label", 5, kCFStringEncodingUTF8, false);
  const void* keys[] = {CFSTR("class"), CFSTR("labl"), CFSTR("r_Ref")};
  const void* values[] = {CFSTR("idnt"), label, kCFBooleanTrue};
  CFDictionaryRef query = CFDictionaryCreate(kCFAllocatorDefault, keys, values, 3, &kCFCopyStringDictionaryKeyCallBacks,
                                             &kCFTypeDictionaryValueCallBacks);
  CFRelease(label);
  EXPECT(CFDictionaryGetCount(query) == 3);
  EXPECT(CFEqual(CFDictionaryGetValue(query, CFSTR("labl")), CFSTR("label")));
  CFTypeRef found = NULL;
  EXPECT(CFDictionaryGetValueIfPresent(query, CFSTR("r_Ref"), &found) && found == kCFBooleanTrue);
  EXPECT(!CFDictionaryContainsKey(query, CFSTR("absent")));
  CFRelease(query);
}

static void an_array_owns_its_values(void) {
  CFMutableArrayRef list = CFArrayCreateMutable(kCFAllocatorDefault, 0, &kCFTypeArrayCallBacks);
  for (unsigned char i = 0; i < 3; i++) {
    CFDataRef data = CFDataCreate(NULL, &i, 1);
    CFArrayAppendValue(list, data);
    CFRelease(data);
  }
  for (CFIndex i = 0, n = CFArrayGetCount(list); i < n; i++) {
    CFDataRef data = (CFDataRef)CFArrayGetValueAtIndex(list, i);
    EXPECT(CFGetTypeID(data) == CFDataGetTypeID());
    EXPECT(CFDataGetLength(data) == 1 && CFDataGetBytePtr(data)[0] == i);
    EXPECT(CFGetRetainCount(data) == 1);
  }
  CFRelease(list);
}

static void numbers_and_dates_keep_their_values(void) {
  int bits = 2048;
  CFNumberRef number = CFNumberCreate(NULL, kCFNumberIntType, &bits);
  SInt64 wide = 0;
  EXPECT(CFNumberGetValue(number, kCFNumberSInt64Type, &wide) && wide == 2048);
  CFRelease(number);

  CFDateRef date = CFDateCreate(NULL, (double)1577923200 - kCFAbsoluteTimeIntervalSince1970);
  EXPECT(CFDateGetAbsoluteTime(date) == 599616000.0);
  CFRelease(date);
}

static void an_error_has_words(void) {
  CFErrorRef error = CFErrorCreate(kCFAllocatorDefault, kCFErrorDomainOSStatus, -9807, NULL);
  CFStringRef words = CFErrorCopyDescription(error);
  CFStringRef line = CFStringCreateWithFormat(NULL, NULL, CFSTR("%@ [%ld]"), words, (long)CFErrorGetCode(error));
  char* text = copy_text(line);
  EXPECT(strstr(text, "OSStatus error -9807") != NULL && strstr(text, "[-9807]") != NULL);
  free(text);
  CFRelease(line);
  CFRelease(words);
  CFRelease(error);
}

/* A program's own function that formats. */
static CFStringRef text_of(CFStringRef format, ...) {
  va_list arguments;
  va_start(arguments, format);
  CFStringRef text = CFStringCreateWithFormatAndArguments(NULL, NULL, format, arguments);
  va_end(arguments);
  return text;
}

static void arguments_are_handed_on(void) {
  CFStringRef text = text_of(CFSTR("%s %d %@"), "code", -9807, CFSTR("seen"));
  EXPECT(CFEqual(text, CFSTR("code -9807 seen")));
  CFRelease(text);
}

static const void* count_retain(CFAllocatorRef allocator, const void* value) {
  (void)allocator;
  ++*(int*)value;
  return value;
}

static void callbacks_of_the_program_are_called(void) {
  int uses = 0;
  CFArrayCallBacks callbacks = {0, count_retain, NULL, NULL, NULL};
  const void* values[] = {&uses, &uses};
  CFArrayRef array = CFArrayCreate(NULL, values, 2, &callbacks);
  EXPECT(uses == 2);
  CFRelease(array);
}

int main(void) {
  texts_go_in_and_come_out();
  literals_are_constants();
  a_query_holds_what_was_put_in();
  an_array_owns_its_values();
  numbers_and_dates_keep_their_values();
  an_error_has_words();
  arguments_are_handed_on();
  callbacks_of_the_program_are_called();
  return failures == 0 ? 0 : 1;
}
