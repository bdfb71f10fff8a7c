// SPDX-License-Identifier: Apache-2.0
// Keychains: in memory and in files, what other programs see of a file, and what goes wrong.
#include "securetransport/trust/keychain.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "securetransport/trust/import.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

class Folder {
 public:
  Folder() {
    static int count = 0;
    path_ = std::filesystem::path(testing::TempDir()) /
            ("keychain-" + std::to_string(getpid()) + "-" + std::to_string(++count));
    std::filesystem::create_directory(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return path_ / name; }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

KeychainItem password(const std::string& service, const std::string& account, std::string_view secret) {
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size());
  return {KeychainItemKind::GenericPassword,
          std::make_shared<const SecretBytes>(bytes),
          {{"svce", service}, {"acct", account}}};
}

std::string secret_of(const KeychainItem& item) {
  const auto& secret = std::get<std::shared_ptr<const SecretBytes>>(item.content);
  return {secret->view().begin(), secret->view().end()};
}

PrivateKey private_key(const TestCertificate& certificate) {
  const std::string pem = key_pem(certificate.key);
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(pem.data()), pem.size());
  return import_items({.bytes = bytes}).items.keys.at(0);
}

TEST(Keychain, KeepsItemsInMemoryInOrder) {
  const auto keychain = Keychain::in_memory();
  std::uint64_t first = 0;
  EXPECT_EQ(keychain->add(password("mail", "ada", "one"), &first), std::nullopt);
  EXPECT_EQ(keychain->add(password("mail", "eve", "two")), std::nullopt);
  std::uint64_t same = 0;
  EXPECT_EQ(keychain->add(password("mail", "ada", "three"), &same), KeychainProblem::Duplicate);
  EXPECT_EQ(same, first);
  auto items = keychain->items();
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(secret_of(items[0]), "one");
  EXPECT_EQ(secret_of(items[1]), "two");

  KeychainItem changed = password("mail", "ada", "new");
  changed.number = first;
  EXPECT_EQ(keychain->replace(changed), std::nullopt);
  EXPECT_EQ(secret_of(keychain->items()[0]), "new");
  KeychainItem collision = password("mail", "eve", "x");
  collision.number = first;
  EXPECT_EQ(keychain->replace(collision), KeychainProblem::Duplicate);
  EXPECT_EQ(keychain->remove(std::span(&first, 1)), std::nullopt);
  EXPECT_EQ(keychain->remove(std::span(&first, 1)), KeychainProblem::NoSuchItem);
  EXPECT_EQ(keychain->replace(changed), KeychainProblem::NoSuchItem);
  EXPECT_EQ(keychain->items().size(), 1U);
  keychain->lock();
  EXPECT_FALSE(keychain->is_locked()) << "memory has no lock";
}

TEST(Keychain, KeepsEveryKindOfItemInItsFile) {
  const Folder folder;
  const auto leaf = self_signed(leaf_spec());
  const PrivateKey key = private_key(leaf);
  const std::vector<KeychainItem> items{
      {KeychainItemKind::Certificate, parsed(leaf), {{"labl", std::string("my certificate")}}},
      {KeychainItemKind::PrivateKey, key, {{"atag", std::vector<std::uint8_t>{0, 1, 255}}}},
      {KeychainItemKind::PublicKey, key.public_key()},
      {KeychainItemKind::InternetPassword,
       password("", "", std::string_view("a\0b", 3)).content,
       {{"srvr", std::string("example.com")}, {"port", std::int64_t{-443}}, {"invi", true}}}};
  {
    const auto keychain = Keychain::at(folder.file("k"));
    EXPECT_TRUE(keychain->is_locked());
    ASSERT_EQ(keychain->create("pass"), std::nullopt);
    for (const KeychainItem& item : items) ASSERT_EQ(keychain->add(item), std::nullopt);
  }
  struct stat status {};
  ASSERT_EQ(::stat(folder.file("k").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(folder.files(), 1U) << "nothing is left over";

  const auto again = Keychain::at(folder.file("k"));
  EXPECT_EQ(again->add(items[0]), KeychainProblem::Locked);
  EXPECT_TRUE(again->items().empty());
  EXPECT_EQ(again->unlock("other"), KeychainProblem::WrongPassword);
  EXPECT_TRUE(again->is_locked());
  ASSERT_EQ(again->unlock("pass"), std::nullopt);
  const auto read = again->items();
  ASSERT_EQ(read.size(), items.size());
  for (std::size_t at = 0; at < items.size(); ++at) {
    SCOPED_TRACE(at);
    EXPECT_EQ(read[at].kind, items[at].kind);
    EXPECT_EQ(read[at].attributes, items[at].attributes);
  }
  EXPECT_EQ(std::get<Certificate>(read[0].content), parsed(leaf));
  EXPECT_EQ(std::get<PrivateKey>(read[1].content), key);
  EXPECT_EQ(std::get<PublicKey>(read[2].content), key.public_key());
  EXPECT_EQ(secret_of(read[3]), std::string("a\0b", 3));
  const std::uint64_t number = read[3].number;
  ASSERT_EQ(again->unlock("pass"), std::nullopt);
  EXPECT_EQ(again->items()[3].number, number) << "a reference survives another unlock";
  again->lock();
  EXPECT_TRUE(again->items().empty());
}

TEST(Keychain, WritesAFileThatTheOpensslCommandReads) {
  const Folder folder;
  const auto leaf = self_signed(leaf_spec());
  const auto keychain = Keychain::at(folder.file("k"));
  ASSERT_EQ(keychain->create("pass"), std::nullopt);
  ASSERT_EQ(keychain->add({KeychainItemKind::Certificate, parsed(leaf), {{"labl", std::string("my label")}}}),
            std::nullopt);
  ASSERT_EQ(keychain->add({KeychainItemKind::PrivateKey, private_key(leaf)}), std::nullopt);
  ASSERT_EQ(keychain->add(password("s", "a", "hidden")), std::nullopt);
  const std::string command = "cd '" + folder.file("") + "' && openssl pkcs12 -in k -passin pass:pass -nodes -out out";
  ASSERT_EQ(std::system((command + " 2> log").c_str()), 0) << folder.read("log");
  EXPECT_NE(folder.read("out").find("my label"), std::string::npos);
  EXPECT_NE(folder.read("out").find(leaf.pem()), std::string::npos);
  EXPECT_NE(folder.read("out").find("PRIVATE KEY"), std::string::npos);
  EXPECT_EQ(folder.read("k").find("hidden"), std::string::npos);
  EXPECT_EQ(folder.read("k").find("my label"), std::string::npos) << "labels are encrypted as well";
}

TEST(Keychain, SaysWhatIsWrongWithItsFile) {
  const Folder folder;
  const auto keychain = Keychain::at(folder.file("k"));
  EXPECT_FALSE(keychain->exists());
  EXPECT_EQ(keychain->unlock("pass"), KeychainProblem::Missing);
  EXPECT_EQ(keychain->remove(), KeychainProblem::Missing);
  EXPECT_EQ(Keychain::at(folder.file("no/such/folder"))->create(""), KeychainProblem::Unwritable);
  ASSERT_EQ(keychain->create("pass"), std::nullopt);
  EXPECT_EQ(Keychain::at(folder.file("k"))->create("other"), KeychainProblem::Exists);
  EXPECT_EQ(folder.files(), 1U);

  const std::string good = folder.read("k");
  for (std::size_t at = 0; at < good.size(); at += 41) {
    std::string damaged = good;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    folder.write("d", damaged);
    EXPECT_NE(Keychain::at(folder.file("d"))->unlock("pass"), std::nullopt) << "byte " << at;
  }
  for (const std::string& text : {std::string(), std::string("text"), good.substr(0, good.size() / 2)}) {
    folder.write("d", text);
    EXPECT_EQ(Keychain::at(folder.file("d"))->unlock("pass"), KeychainProblem::Damaged);
  }
  EXPECT_EQ(Keychain::at(folder.file(""))->unlock("pass"), KeychainProblem::Unreadable) << "a folder";
  EXPECT_EQ(keychain->remove(), std::nullopt);
  EXPECT_FALSE(keychain->exists());
  EXPECT_TRUE(keychain->is_locked());
}

TEST(Keychain, StaysAsItWasWhenItsFileCannotBeWritten) {
  const Folder folder;
  std::filesystem::create_directory(folder.file("inner"));
  const auto keychain = Keychain::at(folder.file("inner/k"));
  ASSERT_EQ(keychain->create("pass"), std::nullopt);
  std::filesystem::remove_all(folder.file("inner"));
  EXPECT_EQ(keychain->add(password("s", "a", "p")), KeychainProblem::Unwritable);
  EXPECT_TRUE(keychain->items().empty());
}

TEST(Keychain, TakesNoItemThatNoFileCouldHold) {
  const auto keychain = Keychain::in_memory();
  EXPECT_EQ(keychain->add(password("s", "a", std::string(1'000'001, 'x'))), KeychainProblem::Unwritable);
  EXPECT_EQ(keychain->add(password(std::string(1'000'001, 'x'), "a", "p")), KeychainProblem::Unwritable);
  EXPECT_TRUE(keychain->items().empty());
}

}  // namespace
}  // namespace securetransport::test
