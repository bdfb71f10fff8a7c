// SPDX-License-Identifier: Apache-2.0
// The one page of `securetransport serve --http`.
#include "cli/http_page.hpp"

#include <fmt/format.h>

#include "cli/terminal.hpp"

namespace securetransport::cli {
namespace {

constexpr std::size_t kLongestHead = 16384;

std::string or_none(const std::string& text) { return text.empty() ? "none" : escaped(text); }

}  // namespace

bool is_complete_request(std::string_view bytes) noexcept {
  return bytes.size() > kLongestHead || bytes.find("\r\n\r\n") != std::string_view::npos ||
         bytes.find("\n\n") != std::string_view::npos;
}

std::string http_answer(std::string_view request, const Session& session) {
  const SessionInfo info = session.info();
  const ClientHelloInfo* const hello = session.client_hello();
  const std::vector<Certificate> chain = session.peer_chain();
  std::string page = "securetransport serve\n\n";
  page += fmt::format("version:             {}\n", info.version ? to_string(*info.version) : "none");
  page += fmt::format("cipher suite:        {}\n", info.cipher_suite ? to_string(*info.cipher_suite) : "none");
  page += fmt::format("key exchange:        {}\n", or_none(info.group));
  page += fmt::format("ALPN:                {}\n", or_none(info.alpn));
  page += fmt::format("server name:         {}\n", or_none(hello != nullptr ? hello->server_name : ""));
  page += fmt::format("client certificate:  {}\n", or_none(chain.empty() ? "" : chain.front().subject()));
  const std::string head = fmt::format(
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
      page.size());
  return request.starts_with("HEAD ") ? head : head + page;
}

}  // namespace securetransport::cli
