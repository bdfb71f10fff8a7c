#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two programs, each in one line with pkg-config.
# shellcheck source=tests/install/outside.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/outside.sh"
export PKG_CONFIG_PATH=$prefix/$ST_LIBDIR/pkgconfig

read -ra cpp <<<"$(pkg-config --cflags --libs securetransport)"
expect "the C++ library" "$CXX" -std=c++20 "${flags[@]}" -o "$work/session" "$here/session.cpp" "${cpp[@]}"
expect "its program" "$work/session"

read -ra c <<<"$(pkg-config --cflags --libs securetransport-security)"
expect "the C library" "$CC" "${flags[@]}" -o "$work/security" "$here/security.c" "${c[@]}"
LD_LIBRARY_PATH=$prefix/$ST_LIBDIR expect "its program" "$work/security"
finish
