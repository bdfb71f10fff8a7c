// SPDX-License-Identifier: Apache-2.0
// One thread accepts, one more for each connection; all of them look for a stop at short intervals.
#include "lab/loopback_server.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <list>
#include <span>
#include <system_error>
#include <thread>
#include <utility>

#include "net/tcp_listener.hpp"

namespace securetransport::lab {
namespace {

constexpr std::chrono::milliseconds kGlance(20);  // How long a stop may go unnoticed.

struct Connection {
  std::atomic<bool> is_done = false;
  std::jthread thread;  // Last: it uses the flag until it is joined.
};

}  // namespace

struct LoopbackServer::Impl {
  Impl(net::TcpListener bound, Handler to_run) : listener(std::move(bound)), handler(std::move(to_run)) {}
  ~Impl() { listener.close(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void serve(const std::stop_token& stop) {
    std::list<Connection> running;  // Destroying a jthread asks it to stop and joins it.
    while (!stop.stop_requested()) {
      net::NetResult<net::TcpStream> stream = listener.accept(net::kNever);
      running.remove_if([](const Connection& connection) { return connection.is_done.load(); });
      if (stream) {
        ++connections;
        run(running, *std::move(stream));
      } else if (stream.error().what == net::NetError::Closed) {
        break;
      } else {
        std::this_thread::sleep_for(kGlance);  // Out of descriptors: some connection may end.
      }
    }
    for (Connection& connection : running) connection.thread.request_stop();  // All at once, then join in turn.
  }

  void run(std::list<Connection>& running, net::TcpStream accepted) {
    Connection& connection = running.emplace_back();
    try {
      connection.thread = std::jthread(
          [this, &is_done = connection.is_done](const std::stop_token& stop, net::TcpStream stream) {
            handler(stream, stop);
            stream.close();
            is_done = true;
          },
          std::move(accepted));
    } catch (const std::system_error&) {  // No thread to be had: the connection is dropped.
      running.pop_back();
    }
  }

  net::TcpListener listener;
  Handler handler;
  std::atomic<int> connections = 0;
  std::jthread acceptor;  // Last: it uses all of the above until it is joined.
};

LoopbackServer::LoopbackServer(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
LoopbackServer::LoopbackServer(LoopbackServer&&) noexcept = default;
LoopbackServer& LoopbackServer::operator=(LoopbackServer&&) noexcept = default;
LoopbackServer::~LoopbackServer() = default;

net::NetResult<LoopbackServer> LoopbackServer::start(Handler handler) {
  net::NetResult<net::TcpListener> listener = net::TcpListener::bind("127.0.0.1", 0);
  if (!listener) return std::move(listener).error();
  auto impl = std::make_unique<Impl>(*std::move(listener), std::move(handler));
  try {
    impl->acceptor = std::jthread([&server = *impl](const std::stop_token& stop) { server.serve(stop); });
  } catch (const std::system_error& failure) {
    return net::NetFailure{net::NetError::Other, std::string("starting a thread: ") + failure.what()};
  }
  return LoopbackServer(std::move(impl));
}

std::uint16_t LoopbackServer::port() const noexcept { return impl_->listener.local_port(); }
int LoopbackServer::connections() const noexcept { return impl_->connections; }

net::NetResult<std::size_t> read_or_stop(net::TcpStream& stream, std::span<std::uint8_t> buffer,
                                         const std::stop_token& stop) {
  for (;;) {
    if (stop.stop_requested()) return net::NetFailure{net::NetError::Closed, "the server is stopping"};
    net::NetResult<std::size_t> count = stream.read_some(buffer, net::within(kGlance));
    if (count || count.error().what != net::NetError::TimedOut) return count;
  }
}

bool write_or_stop(net::TcpStream& stream, std::span<const std::uint8_t> data, const std::stop_token& stop) {
  while (!data.empty() && !stop.stop_requested()) {
    const net::NetResult<std::size_t> count = stream.write_some(data, net::within(kGlance));
    if (count) {
      data = data.subspan(*count);
    } else if (count.error().what != net::NetError::TimedOut) {
      return false;
    }
  }
  return data.empty();
}

void drain(net::TcpStream& stream, const std::stop_token& stop) {
  std::array<std::uint8_t, 4096> dropped{};
  while (read_or_stop(stream, dropped, stop)) {
  }
}

std::uint16_t unused_port() {
  const net::NetResult<net::TcpListener> listener = net::TcpListener::bind("127.0.0.1", 0);
  return listener ? listener->local_port() : std::uint16_t{0};
}

}  // namespace securetransport::lab
