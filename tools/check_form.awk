# SPDX-License-Identifier: Apache-2.0
# The part of check_files.sh that reads line by line.

function offence(text) { printf "%s:%d: %s\n", FILENAME, FNR, text }
function end_of_file() {
  if (lines > limit) printf "%s:%d: more than %d lines\n", name, lines, limit
}

FNR == 1 {
  end_of_file()
  name = FILENAME
  is_cmake = name ~ /(CMakeLists\.txt|\.cmake)$/
  is_script = name ~ /\.sh$/
  is_formatted = 1
  is_table = name ~ /\.def$/
  limit = is_table || name ~ /\/explanations\// ? 600 : 500
  if (!is_cmake && !is_script && !/^(\/\/|\/\*) SPDX-License-Identifier: Apache-2\.0/)
    offence("the first line is not the SPDX line")
}
# A script begins with its interpreter, the licence comes second.
FNR == 2 && is_script && !/^# SPDX-License-Identifier: Apache-2\.0/ { offence("the second line is not the SPDX line") }

{ lines = FNR }
/\t/ { offence("a tab") }
/[ \r]$/ { offence("a blank or a carriage return ends the line") }
/(^|[^A-Za-z0-9_])(TODO|FIXME)([^A-Za-z0-9_]|$)/ { offence("an unfinished mark") }

# A table that is read by eye may be as wide as its columns.
/clang-format (off|on)$/ { is_formatted = /on$/ }
!is_cmake && !is_script && !is_table && is_formatted {
  wide = $0
  gsub(/[\200-\277]/, "", wide)  # counts the characters of UTF-8, not its bytes
  if (length(wide) > 120) offence("more than 120 columns")
}

END { end_of_file() }
