// SPDX-License-Identifier: Apache-2.0
// Names to addresses: special names first, then c-ares, driven by poll() until it is done or the deadline passes.
#include "net/resolver.hpp"

#include <ares.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "net/socket_address.hpp"
#include "net/wait.hpp"

namespace securetransport::net {
namespace {

using Endpoints = std::vector<Endpoint>;

struct DestroyChannel {
  void operator()(ares_channel channel) const noexcept { ares_destroy(channel); }
};
using Channel = std::unique_ptr<std::remove_pointer_t<ares_channel>, DestroyChannel>;

struct FreeAddresses {
  void operator()(ares_addrinfo* addresses) const noexcept { ares_freeaddrinfo(addresses); }
};

/// What c-ares' callback leaves behind. `status` counts once `is_done`.
struct Answer {
  bool is_done = false;
  int status = ARES_SUCCESS;
  std::unique_ptr<ares_addrinfo, FreeAddresses> addresses;
};

void on_answer(void* argument, int status, int /*timeouts*/, ares_addrinfo* addresses) noexcept {
  auto& answer = *static_cast<Answer*>(argument);
  answer.is_done = true;
  answer.status = status;
  answer.addresses.reset(addresses);
}

/// c-ares writes to name servers over TCP with writev(), which raises SIGPIPE when the server has gone.
constexpr ares_socket_functions kSocketFunctions{
    [](int domain, int type, int protocol, void*) {
      return ::socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    },
    [](ares_socket_t descriptor, void*) { return ::close(descriptor); },
    [](ares_socket_t descriptor, const sockaddr* address, ares_socklen_t size, void*) {
      return ::connect(descriptor, address, size);
    },
    [](ares_socket_t descriptor, void* data, std::size_t size, int flags, sockaddr* from, ares_socklen_t* from_size,
       void*) { return ::recvfrom(descriptor, data, size, flags, from, from_size); },
    [](ares_socket_t descriptor, const iovec* parts, int count, void*) {
      msghdr message{};
      message.msg_iov = const_cast<iovec*>(parts);  // sendmsg() only reads it.
      message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(count);
      return ::sendmsg(descriptor, &message, MSG_NOSIGNAL);
    },
};

bool is_or_is_below(std::string_view name, std::string_view domain) {
  if (!name.empty() && name.back() == '.') name.remove_suffix(1);
  if (name.size() < domain.size()) return false;
  const std::string_view tail = name.substr(name.size() - domain.size());
  const auto same_letter = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  if (!std::equal(tail.begin(), tail.end(), domain.begin(), same_letter)) return false;
  return name.size() == domain.size() || name[name.size() - domain.size() - 1] == '.';
}

NetFailure unresolvable(const std::string& name, std::string_view why) {
  return {NetError::Unresolvable, std::string("'").append(name).append("': ").append(why)};
}

std::string_view reason_of(int status) noexcept {
  switch (status) {
    case ARES_ENOTFOUND: return "the name does not exist";
    case ARES_ENODATA: return "the name exists but has no address";
    case ARES_EBADNAME: return "not a valid name for DNS";
    // c-ares goes on to the next server when one fails or refuses to answer, and calls it this at the end.
    case ARES_ECONNREFUSED:
    case ARES_ESERVFAIL:
    case ARES_EREFUSED: return "the name servers could not be reached or failed to answer";
    case ARES_ENOTIMP:
    case ARES_EFORMERR:
    case ARES_EBADRESP: return "the name servers gave no usable answer";
    case ARES_ETIMEOUT: return "the name servers did not answer";
    case ARES_ECANCELLED: return "the name servers did not answer in time";
    default: return ares_strerror(status);
  }
}

enum class Sources { All, FilesOnly };

/// A channel of its own for each look-up: c-ares 1.18 channels are not for several threads.
Channel open_channel(Sources sources, const std::string& servers, int& status) {
  // Initialised once for the process and never cleaned up, as other libraries may use c-ares too.
  static const int kLibraryStatus = ares_library_init(ARES_LIB_INIT_ALL);
  status = kLibraryStatus;
  if (status != ARES_SUCCESS) return nullptr;
  ares_options options{};
  options.timeout = 2000;  // Milliseconds for the first try of each server; c-ares doubles it each round.
  options.tries = 3;
  int mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES;
  std::array<char, 2> files_only{'f', '\0'};
  if (sources == Sources::FilesOnly) {
    options.lookups = files_only.data();
    mask |= ARES_OPT_LOOKUPS;
  }
  ares_channel channel = nullptr;
  status = ares_init_options(&channel, &options, mask);
  if (status != ARES_SUCCESS) return nullptr;
  Channel owned(channel);
  ares_set_socket_functions(channel, &kSocketFunctions, nullptr);
  if (!servers.empty()) status = ares_set_servers_ports_csv(channel, servers.c_str());
  return status == ARES_SUCCESS ? std::move(owned) : nullptr;
}

/// The earlier of the deadline and the moment at which c-ares wants to try again.
Deadline next_step(ares_channel channel, Deadline deadline) {
  timeval buffer{};
  const timeval* const pause = ares_timeout(channel, nullptr, &buffer);
  if (pause == nullptr) return deadline;
  return std::min(deadline, within(std::chrono::seconds(pause->tv_sec) + std::chrono::microseconds(pause->tv_usec)));
}

void process_until_done(ares_channel channel, const Answer& answer, Deadline deadline) {
  while (!answer.is_done) {
    std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
    const auto wanted = static_cast<unsigned>(ares_getsock(channel, sockets.data(), ARES_GETSOCK_MAXNUM));
    std::array<pollfd, ARES_GETSOCK_MAXNUM> descriptors{};
    std::size_t count = 0;
    for (unsigned i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
      const bool reads = ARES_GETSOCK_READABLE(wanted, i) != 0;
      const bool writes = ARES_GETSOCK_WRITABLE(wanted, i) != 0;
      if (!reads && !writes) continue;
      descriptors[count++] = {sockets[i], static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)), 0};
    }
    const bool is_ready = wait_for(std::span(descriptors).first(count), next_step(channel, deadline));
    for (const pollfd& each : std::span(descriptors).first(is_ready ? count : 0)) {
      const auto ready = static_cast<unsigned>(each.revents);
      ares_process_fd(channel, (ready & ~unsigned{POLLOUT}) != 0 ? each.fd : ARES_SOCKET_BAD,
                      (ready & unsigned{POLLOUT}) != 0 ? each.fd : ARES_SOCKET_BAD);
    }
    if (answer.is_done) return;
    if (remaining(deadline) <= Deadline::duration::zero()) return ares_cancel(channel);
    if (!is_ready) ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);  // Timeouts only.
  }
}

NetResult<Endpoints> ask(const std::string& name, std::uint16_t port, Sources sources, Deadline deadline,
                         const ResolverOptions& options) {
  int status = ARES_SUCCESS;
  Answer answer;  // Outlives the channel, which may call back when it is destroyed.
  const Channel channel = open_channel(sources, options.servers, status);
  if (channel == nullptr) return unresolvable(name, ares_strerror(status));
  ares_addrinfo_hints hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  ares_getaddrinfo(channel.get(), name.c_str(), nullptr, &hints, on_answer, &answer);
  process_until_done(channel.get(), answer, deadline);
  if (answer.status != ARES_SUCCESS) return unresolvable(name, reason_of(answer.status));
  Endpoints endpoints;
  for (const ares_addrinfo_node* node = answer.addresses->nodes; node != nullptr; node = node->ai_next) {
    std::optional<Endpoint> endpoint = to_endpoint(*node->ai_addr);
    if (!endpoint) continue;
    endpoint->port = port;
    if (std::find(endpoints.begin(), endpoints.end(), *endpoint) == endpoints.end()) endpoints.push_back(*endpoint);
  }
  if (endpoints.empty()) return unresolvable(name, reason_of(ARES_ENODATA));
  return endpoints;
}

}  // namespace

NetResult<Endpoints> resolve(const std::string& name, std::uint16_t port, Deadline deadline,
                             const ResolverOptions& options) {
  if (const std::optional<Endpoint> address = parse_address(name, port)) return Endpoints{*address};
  if (name.empty() || name.find('\0') != std::string::npos) return unresolvable(name, reason_of(ARES_EBADNAME));
  // Only an address has a colon, and the one thing left that can be wrong with it is its zone.
  if (name.find(':') != std::string::npos) return unresolvable(name, "there is no such network interface");
  // RFC 6761 section 6.4: "Name resolution APIs and libraries SHOULD recognize "invalid" names as special and SHOULD
  // always return immediate negative responses."
  if (is_or_is_below(name, "invalid")) return unresolvable(name, reason_of(ARES_ENOTFOUND));
  if (!is_or_is_below(name, "localhost")) return ask(name, port, Sources::All, deadline, options);
  // RFC 6761 section 6.3: such names "always resolve to the IP loopback address" and are not for DNS. What the
  // administrator wrote into /etc/hosts still comes first.
  NetResult<Endpoints> from_files = ask(name, port, Sources::FilesOnly, deadline, options);
  if (from_files) return from_files;
  return Endpoints{*parse_address("::1", port), *parse_address("127.0.0.1", port)};
}

}  // namespace securetransport::net
