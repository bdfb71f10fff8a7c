#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs a build and moves the tree, so that every other test also proves that it does not matter where it lies.
# Usage: install_tree.sh CMAKE BUILD PREFIX
set -euo pipefail

cmake=$1 build=$2 prefix=$3
rm -rf -- "$prefix" "$prefix.first"
"$cmake" --install "$build" --prefix "$prefix.first" >/dev/null
mv -- "$prefix.first" "$prefix"
if grep -rIlF -- "$prefix.first" "$prefix"; then
  printf 'these files know where they were first\n' >&2
  exit 1
fi
"$prefix/bin/securetransport" --version
