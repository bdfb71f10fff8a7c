// SPDX-License-Identifier: Apache-2.0
#include "bogo/credentials.hpp"

#include <fstream>
#include <iterator>

#include "bogo/outcome.hpp"

namespace bogo {
namespace {

Ref<CFArrayRef> import_items(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (bytes.empty()) throw Failure("cannot read " + path);

  SecExternalFormat format = kSecFormatUnknown;
  SecExternalItemType type = kSecItemTypeUnknown;
  Ref<CFArrayRef> items;
  const OSStatus status =
      SecItemImport(make_data(bytes).get(), nullptr, &format, &type, 0, nullptr, nullptr, items.out());
  if (status != noErr || !items || CFArrayGetCount(items.get()) == 0) {
    throw Failure("cannot import " + path + ": " + std::to_string(status));
  }
  return items;
}

template <class T>
T item(const Ref<CFArrayRef>& items, CFIndex index) {
  return static_cast<T>(const_cast<void*>(CFArrayGetValueAtIndex(items.get(), index)));
}

}  // namespace

Ref<CFArrayRef> load_certificates(const std::string& path) { return import_items(path); }

Ref<CFArrayRef> load_identity(const std::string& cert_file, const std::string& key_file) {
  const auto certificates = import_items(cert_file);
  const auto keys = import_items(key_file.empty() ? cert_file : key_file);
  const Ref<SecIdentityRef> identity(
      SecIdentityCreate(kCFAllocatorDefault, item<SecCertificateRef>(certificates, 0), item<SecKeyRef>(keys, 0)));
  if (!identity) throw Failure(key_file + " is not the key of " + cert_file);

  std::vector<CFTypeRef> all = {identity.get()};
  for (CFIndex i = 1; i < CFArrayGetCount(certificates.get()); ++i) {
    all.push_back(CFArrayGetValueAtIndex(certificates.get(), i));
  }
  return make_array(all);
}

}  // namespace bogo
