// SPDX-License-Identifier: Apache-2.0
#include "ossl/foreign_protocol.hpp"

#include <gtest/gtest.h>

#include <string_view>

#include "support/tls_bytes.hpp"

namespace securetransport::ossl {
namespace {

using test::Bytes;
using test::to_bytes;

struct Banner {
  std::string_view first_bytes;
  std::string_view protocol;
};

TEST(ForeignProtocol, NamesTheProtocolByItsFirstWords) {
  for (const Banner& banner : {
           Banner{"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n", "HTTP,"},
           Banner{"<html><head>", "HTTP,"},
           Banner{"<!DOCTYPE html>", "HTTP,"},
           Banner{"GET / HTTP/1.1\r\nHost: a\r\n", "HTTP,"},
           Banner{"POST /form HTTP/1.1\r\n", "HTTP,"},
           Banner{"OPTIONS * HTTP/1.1\r\n", "HTTP,"},
           Banner{"DELETE /x HTTP/1.1\r\n", "HTTP,"},
           Banner{"PRI * HTTP/2.0\r\n", "HTTP/2,"},
           Banner{"CONNECT a:443 HTTP/1.1\r\n", "proxy"},
           Banner{"PROXY TCP4 192.0.2.1", "PROXY"},
           Banner{"SSH-2.0-OpenSSH_9.2\r\n", "SSH"},
           Banner{"* OK [CAPABILITY IMAP4rev1]", "IMAP"},
           Banner{"+OK POP3 ready\r\n", "POP3"},
           Banner{"220 mail.example.com ESMTP\r\n", "SMTP"},
           Banner{"220-FileZilla Server\r\n", "FTP"},
           Banner{"421 too many connections\r\n", "SMTP"},
           Banner{"554 no\r\n", "SMTP"},
           Banner{"EHLO client\r\n", "SMTP"},
           Banner{"<?xml version='1.0'?>", "XMPP"},
           Banner{"RFB 003.008\n", "VNC"},
           Banner{"-ERR unknown command\r\n", "Redis"},
           Banner{"@RSYNCD: 31.0\n", "rsync"},
           Banner{"200 news.example.com\r\n", "NNTP"},
           Banner{"hello there\n", "plain text"},
       }) {
    SCOPED_TRACE(banner.first_bytes);
    EXPECT_NE(describe_plain_text(to_bytes(banner.first_bytes)).find(banner.protocol), std::string::npos)
        << describe_plain_text(to_bytes(banner.first_bytes));
  }
}

TEST(ForeignProtocol, KnowsAPeerByFiveBytesAlone) {
  EXPECT_NE(describe_plain_text(to_bytes("HTTP/")).find("HTTP"), std::string::npos);
  EXPECT_NE(describe_plain_text(to_bytes("SSH-2")).find("SSH"), std::string::npos);
  EXPECT_NE(describe_plain_text(to_bytes("220 m")).find("SMTP"), std::string::npos);
}

TEST(ForeignProtocol, QuotesTheFirstLineOnly) {
  const std::string text = describe_plain_text(to_bytes("220 one\r\n250 two\r\n"));
  EXPECT_NE(text.find("\"220 one\""), std::string::npos) << text;
  EXPECT_EQ(text.find("two"), std::string::npos) << text;
}

TEST(ForeignProtocol, NeverShowsATerminalAControlByte) {
  Bytes bytes = to_bytes("HTTP/");
  for (int byte = 0; byte < 256; ++byte) {
    if (byte != '\r' && byte != '\n') bytes.push_back(static_cast<std::uint8_t>(byte));
  }
  for (const char character : describe_plain_text(bytes)) {
    EXPECT_TRUE(character >= 0x20 && character < 0x7f) << static_cast<int>(character);
  }
}

TEST(ForeignProtocol, SaysSomethingEvenOfNothing) {
  EXPECT_FALSE(describe_plain_text({}).empty());
  EXPECT_FALSE(describe_foreign_bytes({}).empty());
}

TEST(ForeignProtocol, ShowsForeignBytesInHexAndNotTooMany) {
  EXPECT_NE(describe_foreign_bytes(Bytes{0x80, 0x2e, 0x01, 0x00, 0x02}).find("80 2e 01 00 02"), std::string::npos);
  EXPECT_LT(describe_foreign_bytes(Bytes(69, 0xff)).size(), 150U);
}

}  // namespace
}  // namespace securetransport::ossl
