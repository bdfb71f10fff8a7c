// SPDX-License-Identifier: Apache-2.0
// Records of DTLS 1.2 over datagrams: epochs, sequence numbers, and flights that are sent again.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "lab/tls/fragments.hpp"
#include "lab/tls/record_channel.hpp"
#include "net/datagram_pipe.hpp"

namespace securetransport::lab {

class DatagramChannel final : public RecordChannel {
 public:
  /// Borrows all but `framing`.
  DatagramChannel(net::DatagramPipe& pipe, Framing framing, net::Deadline deadline, const std::stop_token& stop,
                  Observed& seen)
      : RecordChannel(deadline, stop, seen), pipe_(pipe), packs_(framing == Framing::Coalesced) {
    version_ = kDtls12;
  }

  using RecordChannel::write;
  void protect_writes(RecordCipher cipher) override;
  void protect_reads(RecordCipher cipher) override;
  /// The payload of a handshake record is a fragment with its header.
  void write(std::uint8_t type, ByteView payload, const RecordShape& shape) override;
  void write_raw(ByteView bytes) override;  ///< One datagram.
  void flush() override;
  void shut_down() override { fall_silent(); }  ///< Datagrams have no end: it looks like silence.
  void reset() override { fall_silent(); }
  void fall_silent() override;
  void handshake_done() override;
  void script_done() override;

  /// The payload of a handshake record is a whole message with its header of 12 bytes, each in its turn.
  [[nodiscard]] std::optional<Record> read() override;

 private:
  /// Of a flight, as it has to be sent again.
  struct Kept {
    std::uint8_t type = 0;
    Bytes payload;
    bool is_plain = false;
  };

  [[nodiscard]] Bytes frame(std::uint8_t type, ByteView payload, bool is_plain, const RecordShape& shape);
  void queue(ByteView record);
  void keep(Kept record);
  void resend();
  [[nodiscard]] bool receive();
  void take_record();
  void take_content(std::uint8_t type, bool is_protected, ByteView payload);

  net::DatagramPipe& pipe_;
  bool packs_;                // Several records into one datagram.
  RecordCipher plain_;        // Of epoch 0. `write_` is that of epoch 1.
  std::vector<Bytes> out_;    // Datagrams.
  Bytes in_;                  // What is left of the one that came last.
  std::vector<Bytes> early_;  // Records of an epoch to which we have no keys yet.
  std::deque<Record> ready_;
  Reassembly reassembly_;
  std::vector<Kept> flight_;
  bool is_answered_ = false;   // The flight has arrived: something new came back.
  bool is_waited_for_ = true;  // An answer is due to what we send: the timer runs.
  bool is_silent_ = false;
  std::uint16_t read_epoch_ = 0;
  net::Deadline resend_at_ = net::kNever;
  net::Deadline quiet_at_ = net::kNever;  // When it is over if nothing more comes.
  std::chrono::milliseconds timeout_;
};

}  // namespace securetransport::lab
