#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# securetransport-cc does what programs for macOS ask of their compiler, and says so where it cannot.
# shellcheck source=tests/install/outside.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/outside.sh"
frameworks=(-framework Security -framework CoreFoundation)
cd -- "$work"
cp -- "$here/security.c" .

expect "the short way" securetransport-cc "${flags[@]}" security.c "${frameworks[@]}" -o short
expect "its program" ./short
expect "compiling alone" securetransport-cc "${flags[@]}" -c security.c -o security.o -framework Security
expect "frameworks before the objects" securetransport-cc "${flags[@]}" "${frameworks[@]}" -o long security.o
expect "its program" ./long
expect "frameworks in the linker's form" \
  securetransport-cc "${flags[@]}" -Wl,-framework,Security -Wl,-framework -Wl,CoreFoundation security.o -o linker
expect "preprocessing" securetransport-cc -E security.c -o security.i
expect "dependencies" securetransport-cc -M security.c -MF security.d
expect "naming the header" grep -q 'Security/Security.h' security.d
# As libtool does on Linux, which drops the words -framework.
expect "without a framework" securetransport-cc "${flags[@]}" security.o -o silent
printf 'int main(void) { return 0; }\n' >plain.c
expect "a program that needs nothing of it" securetransport-cc "${flags[@]}" plain.c -o plain
expect "no library that nobody uses" bash -c '! readelf -d plain | grep -q securetransport_security'
expect_silence "the version" bash -c 'securetransport-cc --version >/dev/null'
expect "the way it goes about it" securetransport-cc -v
expect "help" bash -c 'securetransport-cc --help | grep -q SECURETRANSPORT_DEFINE_APPLE'

# Words of Apple's compiler and linker.
cat >part.c <<'C'
#import <Security/Security.h>
#import <CoreFoundation/CoreFoundation.h>
CFTypeID part(void);
CFTypeID part(void) { return SecCertificateGetTypeID(); }
C
expect_silence "#import in C" securetransport-cc -Wall -Wextra -Werror -c part.c
expect "a dynamic library" securetransport-cc "${flags[@]}" -arch x86_64 -mmacosx-version-min=10.13 -dynamiclib \
  -fPIC -install_name @rpath/libpart.dylib -compatibility_version 1.0 part.c "${frameworks[@]}" -o libpart.so
expect "its name" bash -c 'readelf -d libpart.so | grep -qF "[libpart.dylib]"'
printf '_part\n' >part.exp
expect "lists of symbols" securetransport-cc "${flags[@]}" -bundle -fPIC -Wl,-exported_symbols_list,part.exp \
  -unexported_symbols_list part.exp part.c "${frameworks[@]}" -o part.so
cat >common.c <<'C'
#include <CommonCrypto/CommonCrypto.h>
int main(void) { return CCHmac != 0 ? 0 : 1; }
C
expect "CommonCrypto in the system's library" securetransport-cc "${flags[@]}" common.c -lSystem -o common
expect "its program" ./common
printf '#include <CoreServices/CoreServices.h>\nint main() { return noErr; }\n' >main.cpp
expect "C++" securetransport-c++ "${flags[@]}" main.cpp -framework CoreServices -o main
expect "its program" ./main

# A program's own header of the same name comes first.
mkdir -p own/Security && printf '#define OWN 1\n' >own/Security/Security.h
printf '#include <Security/Security.h>\n#if !OWN\n#error not its own\n#endif\n' >own.c
expect "the program's own headers" securetransport-cc -Iown -c own.c

# __APPLE__ only on demand, and for the files that need it.
printf '#ifndef __APPLE__\n#error no apple\n#endif\ntypedef int t;\n' >needs.c
printf '#ifdef __APPLE__\n#error apple\n#endif\ntypedef int t;\n' >shuns.c
expect_refusal "__APPLE__ by default" "no apple" securetransport-cc -c needs.c
expect "no __APPLE__ by default" securetransport-cc -c shuns.c
export SECURETRANSPORT_DEFINE_APPLE=needs.c
expect "__APPLE__ for one file" securetransport-cc -c ./needs.c
expect "no __APPLE__ for another" securetransport-cc -c shuns.c
SECURETRANSPORT_DEFINE_APPLE=1 expect_refusal "__APPLE__ for all" "error apple" securetransport-cc -c shuns.c

# What there is not.
expect_refusal "an unknown framework" "there is no framework Foundation here" \
  securetransport-cc security.o -framework Foundation -o foundation
SECURETRANSPORT_IGNORE_FRAMEWORKS=IOKit,Foundation expect "a framework to ignore" \
  securetransport-cc "${flags[@]}" security.o -framework Foundation "${frameworks[@]}" -o foundation
expect_refusal "a lonely -framework" "-framework needs a value" securetransport-cc security.o -framework
SECURETRANSPORT_NO_RPATH=1 expect "no rpath" securetransport-cc "${flags[@]}" security.o "${frameworks[@]}" -o bare
expect_refusal "a program that must be told the library's place" "libsecuretransport_security" ./bare

# A quoted word stays one word, and the compiler's status comes through.
expect "blanks" securetransport-cc '-DTEXT="a b"' -include stdio.h -c part.c
expect_refusal "an error in the program" "undeclared" bash -c 'echo "int f(void) { return x; }" | securetransport-cc -xc -c -'
finish
