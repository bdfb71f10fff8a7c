# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Configures and builds one preset, quietly. Sourced by ./run and ./test after packages.sh.

# build_preset ROOT PRESET [TARGET]: builds into ROOT/build/PRESET, or ends the script. Two at once take turns.
# A good build leaves the file .stamp there, as old as the build's start: whatever is saved meanwhile is newer.
build_preset() {
  local root=$1 preset=$2 target=${3-all} dir=$1/build/$2 note=""
  mkdir -p -- "$dir" 2>/dev/null || true
  [[ -w $dir ]] || fail 3 "cannot write to $dir"
  (
    flock -n 9 || {
      say "waiting for another build of $preset ..."
      flock 9
    }
    [[ -e $dir/.stamp ]] || note=" (the first time takes a minute or two)"
    say "building $preset$note ..."
    touch -- "$dir/.stamp.new"
    if ! cmake_build "$root" "$preset" "$target" "$dir" </dev/null >"$dir/build.log" 2>&1 9>&-; then
      tail -n 40 -- "$dir/build.log" >&2
      fail 4 "building $preset failed; the whole log is $dir/build.log"
    fi
    mv -f -- "$dir/.stamp.new" "$dir/.stamp"
  ) 9>"$dir/.lock"
}

cmake_build() {
  local root=$1 preset=$2 target=$3 dir=$4 fresh=()
  # In a checkout that was moved or copied together with its build folder, CMake refuses to go on.
  if [[ -e $dir/CMakeCache.txt ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt"; then
    fresh=(--fresh)
  fi
  (cd -- "$root" && cmake --preset "$preset" "${fresh[@]}" && cmake --build --preset "$preset" --target "$target")
}
