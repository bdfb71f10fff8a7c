// SPDX-License-Identifier: Apache-2.0
// The life of a session as a table that can be checked by eye.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "securetransport/tls/session.hpp"

namespace securetransport::tls {

enum class Event : std::uint8_t {
  Start,       ///< The first handshake call, or a renegotiation of ours.
  Finished,    ///< The handshake completed and the peer was judged.
  PeerClosed,  ///< close_notify, or the end of the stream at a record boundary after the handshake.
  LocalClose,  ///< The program called close().
  Fatal,       ///< Any other failure.
};

inline constexpr std::size_t kStates = 5;
inline constexpr std::size_t kEvents = 5;
inline constexpr std::optional<SessionState> kNever{};

/// Rows are SessionState, columns Event. kNever: the session does not let this event happen in this state.
inline constexpr std::array<std::array<std::optional<SessionState>, kEvents>, kStates> kTransitions{{
    // clang-format off
    //                 Start                    Finished                 PeerClosed            LocalClose            Fatal
    /* Idle      */ {{SessionState::Handshake, kNever,                  kNever,               SessionState::Closed, SessionState::Aborted}},
    /* Handshake */ {{kNever,                  SessionState::Connected, SessionState::Closed, SessionState::Closed, SessionState::Aborted}},
    /* Connected */ {{SessionState::Handshake, kNever,                  SessionState::Closed, SessionState::Closed, SessionState::Aborted}},
    /* Closed    */ {{kNever,                  kNever,                  kNever,               SessionState::Closed, kNever}},
    /* Aborted   */ {{kNever,                  kNever,                  kNever,               SessionState::Closed, kNever}},
    // clang-format on
}};

[[nodiscard]] constexpr std::optional<SessionState> next_state(SessionState state, Event event) noexcept {
  return kTransitions.at(static_cast<std::size_t>(state)).at(static_cast<std::size_t>(event));
}

}  // namespace securetransport::tls
