# SPDX-License-Identifier: Apache-2.0
# Prints the functions and variables that preprocessed C declares: at file scope, neither typedef, static nor a body.

{ text = text " " $0 }

# What belongs to a declaration's form and not to its names.
function strip_attributes(line) {
  while (match(line, /__attribute__ *\(\(([^()]|\([^()]*\))*\)\)/)) {
    line = substr(line, 1, RSTART - 1) substr(line, RSTART + RLENGTH)
  }
  return line
}

function declaration(line,   name) {
  line = strip_attributes(line)
  if (line ~ /^ *(typedef|static|struct [A-Za-z_0-9]* *$|enum|union)/) return
  sub(/ *\[[^]]*\] *$/, "", line)
  if (match(line, /[A-Za-z_][A-Za-z_0-9]* *\(/)) {
    name = substr(line, RSTART, RLENGTH)
    sub(/ *\($/, "", name)
  } else if (line ~ /extern/ && match(line, /[A-Za-z_][A-Za-z_0-9]* *$/)) {
    name = substr(line, RSTART, RLENGTH)
  }
  gsub(/ /, "", name)
  if (name != "") print name
}

END {
  depth = 0
  line = ""
  for (i = 1; i <= length(text); ++i) {
    c = substr(text, i, 1)
    if (c == "{") { ++depth; had_body = 1 }
    if (depth == 0 && c != ";") line = line c
    if (c == "}" && --depth == 0) {
      # A function ends with its body; a type goes on to its semicolon.
      if (line ~ /\) *$/) { line = "" }
    }
    if (c == ";" && depth == 0) {
      declaration(line)
      line = ""
    }
  }
}
