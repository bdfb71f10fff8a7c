// SPDX-License-Identifier: Apache-2.0
// Plays a PlainScript on a connection.
#include "lab/plain_peers.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <span>
#include <utility>

namespace securetransport::lab {
namespace {

/// Sleeps, unless a stop is asked for. False if it was.
bool pause_for(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

bool send_pieces(const PlainScript& script, net::TcpStream& stream, const std::stop_token& stop) {
  bool is_first = true;
  for (const std::string& piece : script.pieces) {
    if (!std::exchange(is_first, false) && !pause_for(script.pause, stop)) return false;
    const std::span data(reinterpret_cast<const std::uint8_t*>(piece.data()), piece.size());
    if (!write_or_stop(stream, data, stop)) return false;
  }
  return true;
}

void play(const PlainScript& script, net::TcpStream& stream, const std::stop_token& stop) {
  std::array<std::uint8_t, 4096> buffer{};
  if (script.beginning == Beginning::AfterFirstBytes && !read_or_stop(stream, buffer, stop)) return;
  if (!send_pieces(script, stream, stop)) return;
  switch (script.ending) {
    case Ending::Reset: return stream.reset();
    case Ending::Close:
      (void)stream.shutdown_send();  // A client that has already gone is none of our business.
      return drain(stream, stop);
    case Ending::Hang: return drain(stream, stop);
  }
}

}  // namespace

PlainScript says(std::string_view bytes, Ending ending) {
  return {Beginning::AtOnce, {std::string(bytes)}, std::chrono::milliseconds(0), ending};
}

PlainScript says_in_pieces(std::vector<std::string> pieces, std::chrono::milliseconds pause) {
  return {Beginning::AtOnce, std::move(pieces), pause, Ending::Close};
}

PlainScript closes_without_a_word() {
  return {Beginning::AfterFirstBytes, {}, std::chrono::milliseconds(0), Ending::Close};
}

PlainScript resets() { return {Beginning::AfterFirstBytes, {}, std::chrono::milliseconds(0), Ending::Reset}; }

PlainScript hangs() { return {Beginning::AtOnce, {}, std::chrono::milliseconds(0), Ending::Hang}; }

net::NetResult<LoopbackServer> start_plain_peer(PlainScript script) {
  return LoopbackServer::start([script = std::move(script)](net::TcpStream& stream, const std::stop_token& stop) {
    play(script, stream, stop);
  });
}

}  // namespace securetransport::lab
