// SPDX-License-Identifier: Apache-2.0
#include "trust/extension_listing.hpp"

#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "trust/field_text.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

using Section = ListedValue::Section;
using Kind = GeneralNameField::Kind;

/// Decodes the whole value by the i2d/d2i pair of its type; null if it is anything else.
template <class Value, auto Free, class Decode>
std::unique_ptr<Value, ossl::Deleter<Free>> decoded(const ExtensionField& extension, Decode decode) {
  const unsigned char* at = extension.value.data();
  std::unique_ptr<Value, ossl::Deleter<Free>> value(decode(nullptr, &at, static_cast<long>(extension.value.size())));
  if (at != extension.value.data() + extension.value.size()) value.reset();
  return value;
}

ListedValue listed_general_name(const GeneralNameField& name) {
  switch (name.kind) {
    case Kind::Email: return {"Email Address", name.text};
    case Kind::Dns: return {"DNS Name", name.text};
    case Kind::Uri: return {"URI", ListedUrl{name.text}};
    case Kind::IpAddress: return {"IP Address", name.text};
    case Kind::Directory: return {"Directory Name", listed_name(name.directory)};
    case Kind::RegisteredId: return {"Registered ID", name.text};
    case Kind::Other: break;
  }
  return {"Other Name", Section{{name.text, name.value}}};
}

void append_names(const GENERAL_NAMES& names, Section& section) {
  for (const GeneralNameField& name : general_name_fields(names)) section.push_back(listed_general_name(name));
}

std::vector<std::uint8_t> bytes(const ASN1_STRING& string) {
  const std::string_view view = bytes_of(string);
  return {view.begin(), view.end()};
}

/// Each lister appends what the value says; false if it cannot be read.
bool list_names(const ExtensionField& extension, Section& section) {
  const auto names = decoded<GENERAL_NAMES, GENERAL_NAMES_free>(extension, d2i_GENERAL_NAMES);
  if (!names) return false;
  append_names(*names, section);
  return true;
}

bool list_basic_constraints(const ExtensionField& extension, Section& section) {
  const auto limits = decoded<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>(extension, d2i_BASIC_CONSTRAINTS);
  if (!limits) return false;
  section.push_back({"Certificate Authority", std::string(limits->ca != 0 ? "Yes" : "No")});
  if (limits->pathlen != nullptr) {
    section.push_back({"Path Length Constraint", std::to_string(ASN1_INTEGER_get(limits->pathlen))});
  }
  return true;
}

bool list_subject_key_identifier(const ExtensionField& extension, Section& section) {
  const auto id = decoded<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>(extension, d2i_ASN1_OCTET_STRING);
  if (!id) return false;
  section.push_back({"Key Identifier", bytes(*id)});
  return true;
}

bool list_authority_key_identifier(const ExtensionField& extension, Section& section) {
  const auto id = decoded<AUTHORITY_KEYID, AUTHORITY_KEYID_free>(extension, d2i_AUTHORITY_KEYID);
  if (!id) return false;
  if (id->keyid != nullptr) section.push_back({"Key Identifier", bytes(*id->keyid)});
  if (id->issuer != nullptr) append_names(*id->issuer, section);
  if (id->serial != nullptr) {
    const auto serial = encoded(i2d_ASN1_INTEGER, id->serial);
    section.push_back({"Authority Certificate Serial Number", hex_text(content_of(serial))});
  }
  return true;
}

bool list_information_access(const ExtensionField& extension, Section& section) {
  const auto access = decoded<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>(extension, d2i_AUTHORITY_INFO_ACCESS);
  if (!access) return false;
  for (int at = 0; at < sk_ACCESS_DESCRIPTION_num(access.get()); ++at) {
    const ACCESS_DESCRIPTION& description = *sk_ACCESS_DESCRIPTION_value(access.get(), at);
    section.push_back({"Access Method #" + std::to_string(at + 1), object_identifier(*description.method)});
    const std::unique_ptr<GENERAL_NAMES, ossl::Deleter<GENERAL_NAMES_free>> location(GENERAL_NAMES_new());
    GENERAL_NAME* const copy = GENERAL_NAME_dup(description.location);
    if (!location || copy == nullptr || sk_GENERAL_NAME_push(location.get(), copy) <= 0) {
      GENERAL_NAME_free(copy);
      throw std::bad_alloc();
    }
    append_names(*location, section);
  }
  return true;
}

bool list_distribution_points(const ExtensionField& extension, Section& section) {
  const auto points = decoded<CRL_DIST_POINTS, CRL_DIST_POINTS_free>(extension, d2i_CRL_DIST_POINTS);
  if (!points) return false;
  for (int at = 0; at < sk_DIST_POINT_num(points.get()); ++at) {
    const DIST_POINT& point = *sk_DIST_POINT_value(points.get(), at);
    // Type 0 is fullName (RFC 5280 section 4.2.1.13); the other is relative to the issuer's name.
    if (point.distpoint != nullptr && point.distpoint->type == 0)
      append_names(*point.distpoint->name.fullname, section);
    if (point.CRLissuer != nullptr) append_names(*point.CRLissuer, section);
  }
  return true;
}

bool list_policies(const ExtensionField& extension, Section& section) {
  const auto policies = decoded<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free>(extension, d2i_CERTIFICATEPOLICIES);
  if (!policies) return false;
  for (int at = 0; at < sk_POLICYINFO_num(policies.get()); ++at) {
    section.push_back({"Policy Identifier #" + std::to_string(at + 1),
                       object_identifier(*sk_POLICYINFO_value(policies.get(), at)->policyid)});
  }
  return true;
}

struct Lister {
  std::string_view type;
  bool (*list)(const ExtensionField& extension, Section& section);
};

constexpr std::array kListers{
    Lister{"2.5.29.14", list_subject_key_identifier},
    Lister{"2.5.29.17", list_names},  // subjectAltName
    Lister{"2.5.29.18", list_names},  // issuerAltName
    Lister{"2.5.29.19", list_basic_constraints},
    Lister{"2.5.29.31", list_distribution_points},
    Lister{"2.5.29.32", list_policies},
    Lister{"2.5.29.35", list_authority_key_identifier},
    Lister{"1.3.6.1.5.5.7.1.1", list_information_access},
    Lister{"1.3.6.1.5.5.7.1.11", list_information_access},  // subjectInfoAccess
};

constexpr std::string_view kExtendedKeyUsage = "2.5.29.37";

/// Apple lists the purposes as the contents of their identifiers, without saying whether the extension is critical.
ListedField listed_purposes(const ExtensionField& extension, const EXTENDED_KEY_USAGE& usage) {
  ListedValue::Blobs purposes;
  for (int at = 0; at < sk_ASN1_OBJECT_num(&usage); ++at) {
    const auto der = encoded(i2d_ASN1_OBJECT, sk_ASN1_OBJECT_value(&usage, at));
    const auto content = content_of(der);
    purposes.emplace_back(content.begin(), content.end());
  }
  return {extension.type, {"Extended Key Usage", std::move(purposes)}};
}

}  // namespace

ListedValue::Section listed_name(std::span<const NameAttribute> name) {
  Section section;
  for (const NameAttribute& attribute : name) section.push_back({attribute.type, attribute.text});
  return section;
}

ListedField listed_extension(const ExtensionField& extension) {
  if (extension.type == kExtendedKeyUsage) {
    const auto usage = decoded<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>(extension, d2i_EXTENDED_KEY_USAGE);
    if (usage) return listed_purposes(extension, *usage);
  }
  Section section{{"Critical", std::string(extension.is_critical ? "Yes" : "No")}};
  const auto* const lister =
      std::find_if(kListers.begin(), kListers.end(), [&](const Lister& each) { return each.type == extension.type; });
  Section content;
  if (lister == kListers.end() || !lister->list(extension, content)) content = {{"Data", extension.value}};
  std::move(content.begin(), content.end(), std::back_inserter(section));
  return {extension.type, {extension.type, std::move(section)}};
}

}  // namespace securetransport::trust
