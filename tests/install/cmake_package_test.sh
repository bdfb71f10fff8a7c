#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A CMake project finds the package and builds, runs and tests against either library. Usage: ... CMAKE
# shellcheck source=tests/install/outside.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/outside.sh"
cmake=$1

expect "configuring" "$cmake" -G Ninja -S "$here/cmake_project" -B "$work/build" -DCMAKE_PREFIX_PATH="$prefix" \
  -DCMAKE_C_FLAGS="${ST_FLAGS-}" -DCMAKE_CXX_FLAGS="${ST_FLAGS-}"
expect "building" "$cmake" --build "$work/build"
expect "the C++ library" "$work/build/session"
expect "the C library" "$work/build/security"

mkdir "$work/wrong"
cat >"$work/wrong/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(wrong LANGUAGES NONE)
find_package(SecureTransport REQUIRED COMPONENTS Swift)
CMAKE
expect_refusal "a component that does not exist" "components C and CPP" \
  "$cmake" -G Ninja -S "$work/wrong" -B "$work/wrong/build" -DCMAKE_PREFIX_PATH="$prefix"
finish
