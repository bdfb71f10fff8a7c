// SPDX-License-Identifier: Apache-2.0
#include "trust/field_text.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "trust/text.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

using Kind = GeneralNameField::Kind;

std::string hex_of(const ASN1_STRING& string) {
  return hex_text({ASN1_STRING_get0_data(&string), static_cast<std::size_t>(ASN1_STRING_length(&string))});
}

bool is_normalized_type(int type) noexcept {
  return type == V_ASN1_PRINTABLESTRING || type == V_ASN1_UTF8STRING || type == V_ASN1_IA5STRING ||
         type == V_ASN1_T61STRING;
}

/// Upper case, no blanks at the ends, one for several.
std::string normalized_text(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == ' ') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

GeneralNameField other_name(const OTHERNAME& name) {
  return {Kind::Other, object_identifier(*name.type_id), {}, encoded(i2d_ASN1_TYPE, name.value)};
}

GeneralNameField general_name_field(const GENERAL_NAME& name) {
  int type = 0;
  void* const value = GENERAL_NAME_get0_value(&name, &type);
  const auto text = [value] { return text_of(*static_cast<const ASN1_STRING*>(value)); };
  switch (type) {
    case GEN_EMAIL: return {Kind::Email, text(), {}, {}};
    case GEN_DNS: return {Kind::Dns, text(), {}, {}};
    case GEN_URI: return {Kind::Uri, text(), {}, {}};
    case GEN_IPADD: return {Kind::IpAddress, general_name_text(name), {}, {}};
    case GEN_DIRNAME: return {Kind::Directory, {}, attributes_of(*static_cast<const X509_NAME*>(value)), {}};
    case GEN_RID: return {Kind::RegisteredId, object_identifier(*static_cast<const ASN1_OBJECT*>(value)), {}, {}};
    case GEN_OTHERNAME: return other_name(*static_cast<const OTHERNAME*>(value));
    default: return {Kind::Other, {}, {}, encoded(i2d_GENERAL_NAME, &name)};
  }
}

}  // namespace

std::span<const std::uint8_t> content_of(std::span<const std::uint8_t> der) {
  const unsigned char* at = der.data();
  long length = 0;
  int tag = 0;
  int tag_class = 0;
  ASN1_get_object(&at, &length, &tag, &tag_class, static_cast<long>(der.size()));
  return {at, static_cast<std::size_t>(length)};
}

std::string object_identifier(const ASN1_OBJECT& object) {
  const int size = OBJ_obj2txt(nullptr, 0, &object, 1);
  if (size <= 0) return {};
  std::string text(static_cast<std::size_t>(size) + 1, '\0');
  OBJ_obj2txt(text.data(), size + 1, &object, 1);
  text.pop_back();
  return text;
}

std::string hex_text(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    if (!text.empty()) text += ' ';
    text += kHex[byte >> 4U];
    text += kHex[byte & 0x0FU];
  }
  return text;
}

std::string text_of(const ASN1_STRING& string) {
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, &string);
  if (size < 0) return hex_of(string);
  const std::unique_ptr<unsigned char, ossl::Deleter<ossl::free_openssl_memory>> owner(utf8);
  std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
  // A program that goes on with a C string would see another name than the one that was signed.
  return text.find('\0') == std::string::npos ? text : hex_of(string);
}

std::vector<NameAttribute> attributes_of(const X509_NAME& name) {
  std::vector<NameAttribute> attributes;
  for (int at = 0; at < X509_NAME_entry_count(&name); ++at) {
    const X509_NAME_ENTRY* const entry = X509_NAME_get_entry(&name, at);
    attributes.push_back(
        {object_identifier(*X509_NAME_ENTRY_get_object(entry)), text_of(*X509_NAME_ENTRY_get_data(entry))});
  }
  return attributes;
}

std::vector<GeneralNameField> general_name_fields(const GENERAL_NAMES& names) {
  std::vector<GeneralNameField> fields;
  for (int at = 0; at < sk_GENERAL_NAME_num(&names); ++at) {
    fields.push_back(general_name_field(*sk_GENERAL_NAME_value(&names, at)));
  }
  return fields;
}

X509NamePtr normalized(const X509_NAME& name) {
  X509NamePtr out(X509_NAME_new());
  if (!out) throw std::bad_alloc();
  int last_set = -1;
  for (int at = 0; at < X509_NAME_entry_count(&name); ++at) {
    const X509_NAME_ENTRY* const entry = X509_NAME_get_entry(&name, at);
    const ASN1_STRING& data = *X509_NAME_ENTRY_get_data(entry);
    const int type = ASN1_STRING_type(&data);
    const std::string text = is_normalized_type(type) ? normalized_text(bytes_of(data)) : std::string(bytes_of(data));
    const int set = X509_NAME_ENTRY_set(entry);
    // Attributes of one set stay together: -1 adds to the last set, 0 begins another.
    if (X509_NAME_add_entry_by_OBJ(out.get(), X509_NAME_ENTRY_get_object(entry), type,
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()),
                                   -1, set == last_set ? -1 : 0) != 1) {
      throw std::bad_alloc();
    }
    last_set = set;
  }
  return out;
}

}  // namespace securetransport::trust
