// SPDX-License-Identifier: Apache-2.0
// One thread receives and sorts; a fixed number of workers talk.
#include "lab/datagram_server.hpp"

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "securetransport/core/byte_reader.hpp"

namespace securetransport::lab {
namespace {

constexpr std::size_t kMostWaiting = 256;  // Datagrams of one visitor that nobody has read yet.

/// The first record is of epoch 0 and its first message a ClientHello (RFC 6347 section 4.3.1).
bool begins_conversation(ByteView datagram) {
  ByteReader reader(datagram);
  const std::uint8_t type = reader.u8();
  const std::uint8_t major = reader.u8();
  (void)reader.u8();
  const std::uint16_t epoch = reader.u16();
  constexpr std::size_t kSequenceAndLength = 8;
  (void)reader.bytes(kSequenceAndLength);
  const std::uint8_t message = reader.u8();
  return reader.ok() && type == content::kHandshake && major == kDtls12 >> 8 && epoch == 0 &&
         message == handshake::kClientHello;
}

/// Who talks to which port.
struct Address {
  std::size_t port = 0;
  std::array<std::uint8_t, 16> address{};
  std::uint16_t number = 0;

  friend auto operator<=>(const Address&, const Address&) = default;
};

/// What one visitor has sent.
class Conversation final : public net::DatagramPipe {
 public:
  Conversation(const net::UdpPorts& ports, std::size_t port, const net::Endpoint& visitor)
      : ports_(ports), port_(port), visitor_(visitor) {}

  void push(ByteView datagram) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < kMostWaiting) waiting_.emplace_back(datagram.begin(), datagram.end());
    has_more_.notify_one();
  }

  void send(ByteView datagram) override { ports_.send(port_, datagram, visitor_); }

  [[nodiscard]] net::NetResult<Bytes> receive(net::Deadline deadline) override {
    std::unique_lock lock(mutex_);
    if (!has_more_.wait_until(lock, deadline, [this] { return !waiting_.empty(); })) {
      return net::NetFailure{net::NetError::TimedOut, "nothing came"};
    }
    Bytes datagram = std::move(waiting_.front());
    waiting_.pop_front();
    return datagram;
  }

 private:
  const net::UdpPorts& ports_;
  std::size_t port_;
  net::Endpoint visitor_;
  std::mutex mutex_;
  std::condition_variable has_more_;
  std::deque<Bytes> waiting_;
};

struct Job {
  Address address;
  std::shared_ptr<Conversation> conversation;
  Bytes first;
};

}  // namespace

struct DatagramServer::Impl {
  Impl(net::UdpPorts the_ports, std::size_t the_workers, Handler the_handler)
      : ports(std::move(the_ports)), workers(the_workers), handler(std::move(the_handler)) {}
  ~Impl() {
    stop.request_stop();
    ports.close();
    changed.notify_all();
  }

  void start_threads() {
    threads.emplace_back([this] { receive_all(); });
    for (std::size_t i = 0; i < workers; ++i) threads.emplace_back([this] { work(); });
  }

  void receive_all() {
    Bytes buffer(net::kLargestDatagram);
    for (;;) {
      const auto arrival = ports.receive(buffer, net::kNever);
      if (!arrival && arrival.error().what == net::NetError::Closed) return;
      if (arrival) sort(*arrival, ByteView(buffer).first(arrival->size));
    }
  }

  void sort(const net::UdpPorts::Arrival& arrival, ByteView datagram) {
    const Address address{arrival.port, arrival.from.address, arrival.from.port};
    const std::lock_guard lock(mutex);
    const auto known = conversations.find(address);
    if (known != conversations.end()) {
      known->second->push(datagram);
      return;
    }
    const bool has_room = conversations.size() < workers && !stop.stop_requested();
    if (!has_room || !begins_conversation(datagram)) return;
    auto conversation = std::make_shared<Conversation>(ports, arrival.port, arrival.from);
    conversation->push(datagram);
    conversations.emplace(address, conversation);
    jobs.push_back({address, std::move(conversation), Bytes(datagram.begin(), datagram.end())});
    changed.notify_one();
  }

  void work() {
    const std::stop_token token = stop.get_token();
    for (;;) {
      std::optional<Job> job;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, token, [this] { return !jobs.empty(); });
        if (jobs.empty()) return;
        job = std::move(jobs.front());
        jobs.pop_front();
      }
      Visit visit{*job->conversation, job->address.port, std::move(job->first)};
      handler(visit, token);
      const std::lock_guard lock(mutex);
      conversations.erase(job->address);
      ++ended;
    }
  }

  net::UdpPorts ports;
  std::size_t workers;
  Handler handler;
  std::mutex mutex;
  std::condition_variable_any changed;
  std::map<Address, std::shared_ptr<Conversation>> conversations;
  std::deque<Job> jobs;
  std::atomic<std::uint64_t> ended = 0;
  std::stop_source stop;
  std::vector<std::jthread> threads;  // Last: they use all of the above until they are joined.
};

DatagramServer::DatagramServer(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
DatagramServer::DatagramServer(DatagramServer&&) noexcept = default;
DatagramServer& DatagramServer::operator=(DatagramServer&&) noexcept = default;
DatagramServer::~DatagramServer() = default;

net::NetResult<DatagramServer> DatagramServer::start(net::UdpPorts ports, std::size_t workers, Handler handler) {
  auto impl = std::make_unique<Impl>(std::move(ports), workers, std::move(handler));
  try {
    impl->start_threads();
  } catch (const std::system_error& failure) {
    return net::NetFailure{net::NetError::Other, std::string("starting a thread: ") + failure.what()};
  }
  return DatagramServer(std::move(impl));
}

std::uint16_t DatagramServer::port(std::size_t index) const noexcept { return impl_->ports.local_port(index); }
std::uint64_t DatagramServer::conversations() const noexcept { return impl_->ended; }
void DatagramServer::let_go() noexcept { impl_->stop.request_stop(); }

}  // namespace securetransport::lab
