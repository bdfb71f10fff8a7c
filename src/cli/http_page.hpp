// SPDX-License-Identifier: Apache-2.0
// The one page of `securetransport serve --http`.
#pragma once

#include <string>
#include <string_view>

#include "securetransport/tls/session.hpp"

namespace securetransport::cli {

/// True once the head of a request is there, or so much of anything that it will never be one.
[[nodiscard]] bool is_complete_request(std::string_view bytes) noexcept;

/// A complete HTTP/1.1 answer: a text page that says how the session was made. HEAD gets no body.
[[nodiscard]] std::string http_answer(std::string_view request, const Session& session);

}  // namespace securetransport::cli
