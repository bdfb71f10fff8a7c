// SPDX-License-Identifier: Apache-2.0
// Lists the certificates of OpenSSL's default store: its file is in memory, its folder is read as OpenSSL would.
#include "securetransport/trust/system_anchors.hpp"

#include <openssl/pem.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <system_error>

#include "securetransport/trust/evaluate.hpp"
#include "trust/error_mark.hpp"
#include "trust/root_store.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

namespace fs = std::filesystem;

class Collection {
 public:
  void add(X509& x509) {
    Certificate certificate = trust::share(x509);
    if (seen_.insert(certificate.sha256()).second) certificates_.push_back(std::move(certificate));
  }
  [[nodiscard]] std::vector<Certificate> take() { return std::move(certificates_); }

 private:
  std::set<std::string> seen_;
  std::vector<Certificate> certificates_;
};

/// Those that OpenSSL finds by the hash of a subject: "1a2b3c4d.0".
bool is_hashed_name(std::string_view name) noexcept {
  constexpr std::size_t kHashLength = 8;
  const auto is_hex = [](unsigned char c) { return std::isxdigit(c) != 0; };
  const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  return name.size() > kHashLength + 1 && name[kHashLength] == '.' &&
         std::all_of(name.begin(), name.begin() + kHashLength, is_hex) &&
         std::all_of(name.begin() + kHashLength + 1, name.end(), is_digit);
}

void add_file(const fs::path& path, Collection& collection) {
  const ossl::BioPtr file(BIO_new_file(path.c_str(), "r"));
  if (!file) return;
  const ossl::X509Ptr x509(PEM_read_bio_X509_AUX(file.get(), nullptr, nullptr, nullptr));
  if (x509) collection.add(*x509);
}

void add_folder(const fs::path& folder, Collection& collection) {
  std::error_code failure;  // A folder that is not there holds nothing.
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
    if (is_hashed_name(at->path().filename().native())) add_file(at->path(), collection);
  }
}

/// SSL_CERT_DIR may name several, between colons, as OpenSSL reads it.
void add_folders(std::string_view folders, Collection& collection) {
  while (!folders.empty()) {
    const auto end = std::min(folders.find(':'), folders.size());
    if (end > 0) add_folder(folders.substr(0, end), collection);
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
}

}  // namespace

std::vector<Certificate> system_anchors() {
  const trust::ErrorMark mark;
  Collection collection;
  const ossl::X509StackPtr in_memory(X509_STORE_get1_all_certs(RootStore::system()->impl().system.get()));
  for (int at = 0; in_memory && at < sk_X509_num(in_memory.get()); ++at) {
    collection.add(*sk_X509_value(in_memory.get(), at));
  }
  const char* const folders = std::getenv(X509_get_default_cert_dir_env());
  add_folders(folders != nullptr ? folders : X509_get_default_cert_dir(), collection);
  return collection.take();
}

bool is_system_anchor(const Certificate& certificate) {
  const trust::ErrorMark mark;
  std::vector<trust::Anchor> anchors;
  trust::append_anchors(*RootStore::system(), trust::subject_of(certificate), anchors);
  return std::any_of(anchors.begin(), anchors.end(),
                     [&](const trust::Anchor& anchor) { return anchor.certificate == certificate; });
}

}  // namespace securetransport
