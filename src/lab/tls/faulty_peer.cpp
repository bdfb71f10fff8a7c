// SPDX-License-Identifier: Apache-2.0
// Plays one connection: handshake, application data, end; and then watches how the other side takes it.
#include "lab/tls/faulty_peer.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

#include "lab/datagram_server.hpp"
#include "lab/loopback_server.hpp"
#include "lab/tls/datagram_channel.hpp"
#include "lab/tls/handshakes.hpp"

namespace securetransport::lab {
namespace {

constexpr std::size_t kDatagramWorkers = 8;
constexpr std::size_t kMostObserved = 256;  // A server that nobody asks must not grow.

/// What follows the first handshake, and what leads to it.
class Play {
 public:
  Play(Link& link, TlsIdentity identity, TlsIdentity second)
      : link_(link), identity_(std::move(identity)), second_(std::move(second)) {}

  void serve() {
    if (!link_.out.pass(Step::BeforeAnything)) return;
    std::optional<Message> hello = link_.expect(handshake::kClientHello);
    if (hello && link_.options.is_datagram && link_.options.cookie_exchange) hello = verify(*hello);
    if (!hello) return;
    link_.seen.client_hello = hello->body;
    if (!serve_handshake(*hello)) return;
    is_waiting_ = link_.options.renegotiate && link_.options.version < kTls13;
    if (is_waiting_ && !link_.out.message(Step::None, handshake::kHelloRequest, {})) return;
    serve_data();
  }

  void connect() {
    if (!link_.out.pass(Step::BeforeAnything) || !connect_handshake()) return;
    // In TLS 1.3 a new connection is the only way to a new handshake.
    if (link_.options.renegotiate && link_.options.version < kTls13 && !connect_handshake()) return;
    if (!link_.options.application_data.empty() && (!send_data() || !wait_for_data())) return;
    (void)send_close_notify();
  }

 private:
  /// RFC 6347 section 4.2.1: asks for a cookie, and takes the ClientHello that brings it. Nullopt: the connection is
  /// over.
  [[nodiscard]] std::optional<Message> verify(const Message& first) {
    const std::optional<ClientHello> hello = ClientHello::parse(first.body, true);
    if (!hello || !hello->cookie->empty()) return first;
    constexpr std::size_t kCookieSize = 20;
    const Fault& lie = link_.out.lie_at(Step::HelloVerifyRequest);
    const Bytes cookie = lie.lie == Lie::Cookie ? lie.bytes : random_bytes(kCookieSize);
    // "The server_version field ... DTLS 1.2 server implementations SHOULD use DTLS version 1.0 regardless of the
    // version of TLS that is expected to be negotiated."
    const Bytes body = ByteWriter().u16(lied_number(lie, Lie::LegacyVersion, kDtls10)).opaque8(cookie).take();
    link_.channel.use_version(kDtls10);
    if (!link_.out.message(Step::HelloVerifyRequest, handshake::kHelloVerifyRequest, body)) return std::nullopt;
    std::optional<Message> second = link_.expect(handshake::kClientHello);
    if (!second) return std::nullopt;
    const std::optional<ClientHello> answer = ClientHello::parse(second->body, true);
    if (answer && answer->cookie == cookie) return second;
    link_.fail(alert::kIllegalParameter, "the cookie came back changed");
    return std::nullopt;
  }

  [[nodiscard]] bool serve_handshake(const Message& message) {
    const std::optional<ClientHello> hello = ClientHello::parse(message.body, link_.options.is_datagram);
    if (!hello) return link_.fail(alert::kDecodeError, "a malformed ClientHello");
    link_.transcript.clear();
    link_.transcript.add(message.encoded);
    const bool is_first = link_.seen.handshakes == 0;
    const TlsIdentity& shown = is_first || second_.chain.empty() ? identity_ : second_;
    const bool is_done =
        link_.options.version >= kTls13 ? serve_13(link_, shown, *hello) : serve_12(link_, shown, *hello, binding_);
    return is_done && handshake_done();
  }

  [[nodiscard]] bool connect_handshake() {
    link_.transcript.clear();
    const bool is_done =
        link_.options.version >= kTls13 ? connect_13(link_, identity_) : connect_12(link_, identity_, binding_);
    return is_done && handshake_done();
  }

  [[nodiscard]] bool handshake_done() {
    link_.seen.handshake_completed = true;
    ++link_.seen.handshakes;
    link_.out.close_flight();
    link_.channel.handshake_done();
    return link_.out.pass(Step::AfterHandshake);
  }

  void serve_data() {
    const bool has_data = !link_.options.application_data.empty();
    for (;;) {
      const bool has_reason = link_.options.speaks_first || !link_.seen.application_data.empty();
      if (has_data && has_reason && !is_waiting_) {
        if (send_data()) (void)send_close_notify();
        return;
      }
      link_.out.close_flight();
      const std::optional<Event> event = link_.in.next();
      if (!event) return;
      if (event->kind == Event::Kind::Alert && (event->alert.number == 0 || event->alert.level != 1)) {
        if (event->alert.number == 0) (void)send_close_notify();
        return;
      }
      if (event->kind == Event::Kind::Alert && event->alert.number == alert::kNoRenegotiation) is_waiting_ = false;
      const bool is_hello = event->kind == Event::Kind::Message && event->message.type == handshake::kClientHello;
      if (is_hello && link_.options.version < kTls13 && !renegotiate(event->message)) return;
    }
  }

  [[nodiscard]] bool renegotiate(const Message& hello) {
    const bool is_wanted = std::exchange(is_waiting_, false);
    if (is_wanted || link_.options.renegotiation == Renegotiation::Accept) return serve_handshake(hello);
    link_.out.alert(1, alert::kNoRenegotiation);
    return true;
  }

  [[nodiscard]] bool send_data() {
    return link_.out.record(Step::ApplicationData, content::kApplicationData, bytes_of(link_.options.application_data));
  }

  /// False: the connection has ended before.
  [[nodiscard]] bool wait_for_data() {
    while (link_.seen.application_data.empty()) {
      link_.out.close_flight();
      const std::optional<Event> event = link_.in.next();
      if (!event) return false;
      if (event->kind != Event::Kind::Alert) continue;
      if (event->alert.number == 0) return true;
      if (event->alert.level != 1 || link_.options.version >= kTls13) return false;
    }
    return true;
  }

  [[nodiscard]] bool send_close_notify() {
    return link_.out.record(Step::CloseNotify, content::kAlert, Bytes{1, alert::kCloseNotify});
  }

  Link& link_;
  TlsIdentity identity_;
  TlsIdentity second_;
  Binding binding_;
  bool is_waiting_ = false;  // For the answer to our HelloRequest.
};

enum class Role : std::uint8_t { Server, Client };

bool ends_datagrams(const Event& event) {
  return event.kind == Event::Kind::Alert && (event.alert.number == alert::kCloseNotify || event.alert.level != 1);
}

/// `seen` is what the channel writes into, too.
void play(Role role, RecordChannel& channel, const PeerOptions& options, const Fault& fault, Observed& seen) {
  std::optional<TlsIdentity> identity = TlsIdentity::from_pem(options.chain_pem, options.key_pem);
  std::optional<TlsIdentity> second = TlsIdentity::from_pem(options.second_chain_pem, options.second_key_pem);
  if (!identity || !second) {
    seen.problem = "the key cannot be read";
    return;
  }
  Link link(channel, options, fault, seen);
  Play conversation(link, *std::move(identity), *std::move(second));
  if (role == Role::Server) {
    conversation.serve();
  } else {
    conversation.connect();
  }
  link.out.close_flight();
  // Otherwise the fault has decided how the stream ends.
  if (!link.out.has_ended()) link.channel.shut_down();
  link.channel.script_done();
  const bool has_heard_it_all = options.is_datagram && !seen.alerts.empty() && seen.alerts.back().level != 1;
  while (const std::optional<Event> event = has_heard_it_all ? std::nullopt : link.in.next()) {
    if (options.is_datagram && ends_datagrams(*event)) break;
  }
}

Observed play(Role role, net::TcpStream& stream, const PeerOptions& options, const Fault& fault, net::Deadline deadline,
              const std::stop_token& stop) {
  Observed seen;
  StreamChannel channel(stream, deadline, stop, seen);
  play(role, channel, options, fault, seen);
  return seen;
}

Observed play(Role role, net::DatagramPipe& pipe, const PeerOptions& options, const Fault& fault,
              net::Deadline deadline, const std::stop_token& stop) {
  Observed seen;
  DatagramChannel channel(pipe, options.framing, deadline, stop, seen);
  play(role, channel, options, fault, seen);
  return seen;
}

}  // namespace

std::optional<SeenAlert> Observed::alert() const {
  const auto found = std::ranges::find_if(alerts, [](const SeenAlert& one) { return one.number != 0; });
  if (found == alerts.end()) return std::nullopt;
  return *found;
}

Observed play_server(net::TcpStream& stream, const PeerOptions& options, const Fault& fault, net::Deadline deadline,
                     const std::stop_token& stop) {
  return play(Role::Server, stream, options, fault, deadline, stop);
}

Observed play_client(net::TcpStream& stream, const PeerOptions& options, const Fault& fault, net::Deadline deadline,
                     const std::stop_token& stop) {
  return play(Role::Client, stream, options, fault, deadline, stop);
}

Observed play_server(net::DatagramPipe& pipe, const PeerOptions& options, const Fault& fault, net::Deadline deadline,
                     const std::stop_token& stop) {
  return play(Role::Server, pipe, options, fault, deadline, stop);
}

Observed play_client(net::DatagramPipe& pipe, const PeerOptions& options, const Fault& fault, net::Deadline deadline,
                     const std::stop_token& stop) {
  return play(Role::Client, pipe, options, fault, deadline, stop);
}

struct FaultyServer::Impl {
  void keep(Observed seen) {
    const std::lock_guard lock(mutex);
    observed.push_back(std::move(seen));
    if (observed.size() > kMostObserved) observed.pop_front();
    has_more.notify_all();
  }

  std::mutex mutex;
  std::condition_variable has_more;
  std::deque<Observed> observed;
  // Last: their handlers use the others until they are gone. There is one of the two.
  std::optional<LoopbackServer> server;
  std::optional<DatagramServer> datagram_server;
};

FaultyServer::FaultyServer(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
FaultyServer::FaultyServer(FaultyServer&&) noexcept = default;
FaultyServer& FaultyServer::operator=(FaultyServer&&) noexcept = default;
FaultyServer::~FaultyServer() = default;

net::NetResult<FaultyServer> FaultyServer::start(PeerOptions options, Fault fault, std::chrono::milliseconds patience) {
  auto impl = std::make_unique<Impl>();
  if (options.is_datagram) {
    auto ports = net::UdpPorts::open();
    if (!ports) return std::move(ports).error();
    const auto port = ports->bind("127.0.0.1", 0);
    if (!port) return port.error();
    auto datagrams =
        DatagramServer::start(*std::move(ports), kDatagramWorkers,
                              [&shared = *impl, options = std::move(options), fault = std::move(fault), patience](
                                  DatagramServer::Visit& visit, const std::stop_token& stop) {
                                shared.keep(play_server(visit.pipe, options, fault, net::within(patience), stop));
                              });
    if (!datagrams) return std::move(datagrams).error();
    impl->datagram_server = *std::move(datagrams);
    return FaultyServer(std::move(impl));
  }
  net::NetResult<LoopbackServer> server =
      LoopbackServer::start([&shared = *impl, options = std::move(options), fault = std::move(fault), patience](
                                net::TcpStream& stream, const std::stop_token& stop) {
        shared.keep(play_server(stream, options, fault, net::within(patience), stop));
      });
  if (!server) return std::move(server).error();
  impl->server = *std::move(server);
  return FaultyServer(std::move(impl));
}

std::uint16_t FaultyServer::port() const noexcept {
  return impl_->datagram_server ? impl_->datagram_server->port(0) : impl_->server->port();
}

void FaultyServer::let_go() noexcept {
  if (impl_->datagram_server) impl_->datagram_server->let_go();
}

std::optional<Observed> FaultyServer::next_observed(net::Deadline deadline) {
  std::unique_lock lock(impl_->mutex);
  if (!impl_->has_more.wait_until(lock, deadline, [this] { return !impl_->observed.empty(); })) return std::nullopt;
  Observed seen = std::move(impl_->observed.front());
  impl_->observed.pop_front();
  return seen;
}

net::NetResult<Observed> attack(const net::Endpoint& server, const PeerOptions& options, const Fault& fault,
                                net::Deadline deadline, const std::stop_token& stop) {
  if (options.is_datagram) {
    net::NetResult<net::UdpSocket> socket = net::UdpSocket::connect(server);
    if (!socket) return std::move(socket).error();
    net::SocketPipe pipe(*std::move(socket));
    return play_client(pipe, options, fault, deadline, stop);
  }
  net::NetResult<net::TcpStream> stream = net::TcpStream::connect(std::array{server}, deadline);
  if (!stream) return std::move(stream).error();
  return play_client(*stream, options, fault, deadline, stop);
}

}  // namespace securetransport::lab
