#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The programs of examples/, built as on a Mac, against each other and against another maker's server.
# shellcheck source=tests/install/outside.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/outside.sh"
examples=$here/../../examples
cd -- "$work"
servers=()
stop_servers() {
  ((${#servers[@]} == 0)) || kill "${servers[@]}" 2>/dev/null || true
  rm -rf -- "$work"
}
trap stop_servers EXIT

for name in client server nonblocking_client datagram_echo trust_client; do
  expect_silence "$name" securetransport-cc -std=gnu11 -Wall -Wextra -Werror "${flags[@]}" "$examples/$name.c" -o "$name" \
    -framework Security -framework CoreFoundation
done
((failures == 0)) || finish

# An authority of our own, which SSL_CERT_FILE makes one of the system, and a server's certificate from it.
certificate() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "$@" 2>/dev/null
}
certificate -x509 -keyout ca.key -out ca.pem -subj /CN=authority -days 30
certificate -keyout leaf.key -out leaf.csr -subj /CN=localhost
printf 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\n' >leaf.ext
openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -days 20 -extfile leaf.ext -out leaf.pem 2>/dev/null
openssl pkcs12 -export -in leaf.pem -inkey leaf.key -certfile ca.pem -passout pass:word -out leaf.p12
certificate -x509 -keyout other.key -out other.pem -subj /CN=stranger -days 30
export SSL_CERT_FILE=$work/ca.pem

# start NAME COMMAND...: runs it beside us and sets `port` once it has said where it listens.
start() {
  local log=$work/$1.log i
  : >"$log"
  "${@:2}" >"$log" 2>&1 &
  servers+=($!)
  port=
  for ((i = 0; i < 200; ++i)); do
    port=$(sed -nE 's/^listening on ([0-9]+)$/\1/p; s/^ACCEPT .*:([0-9]+)$/\1/p' "$log")
    [[ -z $port ]] || return 0
    sleep 0.05
  done
  complain "$1 does not listen: $(cat "$log")"
}

# answer NAME WANTED COMMAND...: what the command says on standard output.
answer() {
  local said
  said=$(timeout 20 "${@:3}" 2>"$work/said") || complain "$1 fails: $(cat "$work/said") $said"
  [[ $said == "$2" ]] || complain "$1 answers '$said', not '$2'"
}

start server ./server leaf.p12 word 0
answer "the blocking client" "a line" ./client localhost "$port" <<<"a line"
answer "the client around poll" "another line" ./nonblocking_client localhost "$port" <<<"another line"
answer "the client that judges" "$(printf 'certificate: localhost\ncertificate: authority\nhandshake: 0')" \
  ./trust_client localhost "$port" ca.pem
# A stranger for an authority: the chain ends in none that is trusted.
SSL_CERT_FILE=$work/other.pem expect_refusal "a client that does not know the authority" "handshake: -981" \
  ./client localhost "$port" </dev/null
expect_refusal "a client that judges by another authority" "refused: " ./trust_client localhost "$port" other.pem
expect_refusal "a server under another name" "handshake: -9843" ./client 127.0.0.1 "$port" </dev/null

start datagrams ./datagram_echo server leaf.p12 word 0
answer "the client over datagrams" "$(printf 'one\ntwo')" ./datagram_echo client "$port" localhost one two

start openssl openssl s_server -accept 127.0.0.1:0 -cert leaf.pem -key leaf.key -www
page=$(printf 'GET / HTTP/1.0\r\n\r\n' | timeout 20 ./client localhost "$port") || complain "the client of OpenSSL's server"
[[ $page == HTTP/1.0\ 200* ]] || complain "OpenSSL's server answers '$page'"

# The lab's servers: one without fault, one whose certificate has expired.
>lab.json
securetransport lab serve --port 0 --write-root lab.pem --json >lab.json &
servers+=($!)
for ((i = 0; i < 200; ++i)); do
  if grep -q '^}' lab.json; then break; else sleep 0.05; fi
done
lab_port() {
  awk -v name="\"$1\"," '$1 == "\"name\":" { found = $2 == name } found && $1 == "\"port\":" { print $2 + 0 }' lab.json
}
export SSL_CERT_FILE=$work/lab.pem
expect_refusal "an expired server" "handshake: -9814" ./client localhost "$(lab_port expired)" </dev/null
expect_refusal "an expired server, around poll" "-9814" ./nonblocking_client localhost "$(lab_port expired)" </dev/null
expect "a good server" ./trust_client localhost "$(lab_port good)" lab.pem
finish
