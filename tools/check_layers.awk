# SPDX-License-Identifier: Apache-2.0
# The logic of check_layers.sh, which gives the rules in RULES, TEST_TOOLS and WORDS and the files as arguments.

function offence(text) { printf "%s:%d: %s\n", FILENAME, FNR, text }

# The place a file belongs to, as written on the left of the rules.
function place_of(path, parts) {
  split(path, parts, "/")
  if (parts[1] == "src") return parts[2]
  if (parts[1] == "tests") return parts[3]
  if (parts[2] == "apple") return "capi:" (parts[4] == "" ? "platform" : parts[3])  # beside the folders: MacTypes.h
  return "public:" (parts[4] == "" ? "tls" : parts[3])  # a header above the layers gathers them all
}

# The kind of header that a name stands for, as written on the right of the rules.
function kind_of(name, quoted, parts) {
  split(name, parts, "/")
  if (parts[1] == "securetransport") return "public:" (parts[3] == "" ? "tls" : parts[2])
  if (parts[1] != "sys" && (("capi:" parts[1]) in may)) return "capi:" parts[1]
  if (name ~ /^(AssertMacros|Availability[A-Za-z]*|MacErrors|MacTypes|TargetConditionals)\.h$/) return "capi:platform"
  if (quoted && parts[2] == "") return place  # a neighbour in the same folder
  if (quoted && (parts[1] in may)) return parts[1]
  if (quoted && parts[1] == "unit") return parts[2]
  if (quoted && parts[1] == "support") return "support"
  if (parts[1] ~ /^(openssl|fmt|asio)$/) return parts[1]
  if (name == "asio.hpp") return "asio"
  if (name ~ /^ares[a-z_]*\.h$/) return "ares"
  if (name ~ /^(idn2|libpsl)\.h$/) return "idn"
  if (parts[1] == "nlohmann") return "json"
  if (parts[1] == "CLI") return "cli11"
  if (parts[1] ~ /^(gtest|gmock)$/) return "gtest"
  if (quoted) return "unknown"
  if (name ~ /^(sys\/socket|sys\/un|netdb|netinet\/tcp)\.h$/) return "socket"
  if (name ~ /^(assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal)\.h$/ ||
      name ~ /^std(align|arg|atomic|bool|def|int|io|lib|noreturn)\.h$/ ||
      name ~ /^(string|tgmath|threads|time|uchar|wchar|wctype)\.h$/) return "c"
  if (name ~ /^[a-z_0-9]+$/) return "std"
  if (name ~ /^(sys|arpa|netinet|net|linux)\/[a-z_0-9]+\.h$/ ||
      name ~ /^(dirent|dlfcn|fcntl|getopt|iconv|poll|pthread|pwd|spawn|strings|termios|unistd)\.h$/) return "posix"
  return "unknown"
}

function library_kind(name) {
  if (name ~ /^st_/) { sub(/^st_/, "", name); return name in may ? name : "" }
  if (name ~ /^OpenSSL::/) return "openssl"
  if (name ~ /^fmt::/) return "fmt"
  if (name ~ /^nlohmann_json::/) return "json"
  if (name ~ /^CLI11::/) return "cli11"
  if (name ~ /^PkgConfig::CARES/) return "ares"
  if (name ~ /^PkgConfig::(IDN2|PSL|LIBPSL)/) return "idn"
  return ""
}

function permits(row, kind, words, i, n, bare) {
  bare = kind
  sub(/^public:/, "", bare)
  n = split(row, words, " ")
  for (i = 1; i <= n; i++) {
    if (words[i] == kind || words[i] == bare) return 1
    if (kind == "c" && words[i] == "std") return 1
  }
  return 0
}

BEGIN {
  n = split(ENVIRON["RULES"], lines, "\n")
  for (i = 1; i <= n; i++) {
    if (split(lines[i], cells, " ") == 0) continue
    may[cells[1]] = lines[i]  # the row begins with the layer itself, which it may include
  }
  n = split(ENVIRON["WORDS"], lines, "\n")
  for (i = 1; i <= n; i++) {
    if (split(lines[i], cells, " ") == 0) continue
    word[++word_count] = cells[1]
    home[word_count] = cells[2]
    reason[word_count] = lines[i]
    sub(/^ *[^ ]+ +[^ ]+ +/, "", reason[word_count])
  }
}

FNR == 1 {
  place = place_of(FILENAME)
  is_cmake = FILENAME ~ /CMakeLists\.txt$/
  # Beside the layers' folders may lie a CMakeLists.txt and nothing else.
  is_judged = place in may
  if (!is_judged && FILENAME !~ /^(src|tests\/unit)\/CMakeLists\.txt$/)
    offence("no layer is called " place " (see tools/check_layers.sh)")
  if (is_judged) {
    row = may[place]
    shown = row
    gsub(/ +/, " ", shown)
    sub(/^[^ ]+ /, "it may include: ", shown)
    if (FILENAME ~ /^tests\//) { row = row " " ENVIRON["TEST_TOOLS"]; shown = shown " and test tools" }
  }
}
!is_judged { next }

is_cmake {
  sub(/#.*/, "")
  gsub(/[()"]/, " ")
  n = split($0, libraries, " ")
  for (i = 1; i <= n; i++) {
    kind = library_kind(libraries[i])
    if (kind != "" && !permits(row, kind) && !permits(row, "public:" kind))
      offence("layer " place " may not link " libraries[i] " (" shown ")")
  }
  next
}

/^[ \t]*#[ \t]*include/ {
  name = $0
  sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
  quoted = name ~ /^"/
  if (!match(name, /^["<][^">]*[">]/)) {
    offence("layer " place " may not include by a macro (nobody could check it)")
    next
  }
  full = substr(name, 1, RLENGTH)
  name = substr(name, 2, RLENGTH - 2)
  if (name ~ /(^|\/)\.\.?\//) {
    offence("layer " place " may not include " full " (write it from the top: \"layer/file.hpp\")")
    next
  }
  kind = kind_of(name, quoted)
  if (kind == "unknown") offence("layer " place " may not include " full " (unknown: name it in tools/check_layers.sh)")
  else if (!permits(row, kind)) offence("layer " place " may not include " full " (" kind "; " shown ")")
}

FILENAME ~ /^src\// {
  for (i = 1; i <= word_count; i++)
    if ($0 ~ ("(^|[^A-Za-z0-9_])" word[i]) && FILENAME !~ home[i])
      offence(word[i] " may not stand here (" reason[i] ")")
}
