// SPDX-License-Identifier: Apache-2.0
#include "trust/constraint_match.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include "ossl/handles.hpp"
#include "trust/dns_name.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

using X509NamePtr = std::unique_ptr<X509_NAME, ossl::Deleter<X509_NAME_free>>;

ConstraintMatch inside_if(bool is_inside) { return is_inside ? ConstraintMatch::Inside : ConstraintMatch::Outside; }

bool is_dns_constraint(std::string_view domain) { return domain.empty() || is_dns_name(domain); }

/// RFC 5280 section 4.2.1.10: "Any DNS name that can be constructed by simply adding zero or more labels to the
/// left-hand side of the name satisfies the name constraint."
ConstraintMatch match_dns(std::string_view name, std::string_view domain, Reading reading, bool is_strict) {
  bool wants_subdomain = false;
  if (!is_strict && domain.starts_with('.')) {
    domain.remove_prefix(1);
    wants_subdomain = true;
  }
  if (!is_dns_constraint(domain)) return ConstraintMatch::BadConstraint;
  if (name.ends_with('.')) name.remove_suffix(1);
  const bool is_wildcard = name.starts_with("*.");
  const std::string_view concrete = is_wildcard ? name.substr(2) : name;
  if (!is_dns_name(concrete)) return ConstraintMatch::BadName;
  if (is_wildcard) {
    // "*.example.com" stands for every "X.example.com": all of them lie within "example.com", and one of them is, or
    // could be, "foo.example.com".
    if (is_within(concrete, domain)) return ConstraintMatch::Inside;
    const std::size_t dot = domain.find('.');
    const bool may_be_it = reading == Reading::Excluded && dot != std::string_view::npos &&
                           equal_ignoring_case(concrete, domain.substr(dot + 1));
    return inside_if(may_be_it);
  }
  return inside_if(is_within(name, domain) && !(wants_subdomain && name.size() == domain.size()));
}

/// A host against the form that mail and URI constraints share: "host" itself, or ".domain" for all hosts below it.
bool is_host_within(std::string_view host, std::string_view constraint) {
  if (!constraint.starts_with('.')) return equal_ignoring_case(host, constraint);
  return host.size() > constraint.size() &&
         equal_ignoring_case(host.substr(host.size() - constraint.size()), constraint);
}

bool is_uri_constraint(std::string_view constraint) {
  if (constraint.starts_with('.')) constraint.remove_prefix(1);
  return constraint.empty() || is_dns_name(constraint);
}

bool is_mail_constraint(std::string_view constraint) {
  const std::size_t at = constraint.rfind('@');
  if (at != std::string_view::npos) return at > 0 && is_dns_name(constraint.substr(at + 1));
  if (constraint.starts_with('.')) constraint.remove_prefix(1);
  return constraint.empty() || is_dns_name(constraint);
}

ConstraintMatch match_mail(std::string_view name, std::string_view constraint) {
  const std::size_t at = name.rfind('@');
  if (at == std::string_view::npos || at == 0 || !is_dns_name(name.substr(at + 1))) return ConstraintMatch::BadName;
  // RFC 5321 section 4.1.2: within the local part an "@" stands only in a quoted string.
  if (name.front() != '"' && name.find('@') != at) return ConstraintMatch::BadName;
  if (constraint.empty()) return ConstraintMatch::Inside;
  const std::string_view host = name.substr(at + 1);
  const std::size_t split = constraint.rfind('@');
  if (split == std::string_view::npos) return inside_if(is_host_within(host, constraint));
  // RFC 5280 section 7.5: the local part is compared exactly, the host without regard to case.
  return inside_if(name.substr(0, at) == constraint.substr(0, split) &&
                   equal_ignoring_case(host, constraint.substr(split + 1)));
}

ConstraintMatch match_uri(std::string_view uri, std::string_view constraint) {
  const std::size_t scheme = uri.find("://");
  // "If the constraint is applied to a subjectAltName extension with a URI that does not include an authority
  // component with a host name specified as a fully qualified domain name, then the application MUST reject".
  if (scheme == std::string_view::npos) return ConstraintMatch::BadName;
  std::string_view host = uri.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const std::size_t user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
  host = host.substr(0, host.find(':'));
  if (!is_dns_name(host)) return ConstraintMatch::BadName;
  return inside_if(constraint.empty() || is_host_within(host, constraint));
}

bool is_prefix_mask(std::span<const std::uint8_t> mask) {
  bool has_ended = false;
  for (const std::uint8_t byte : mask) {
    const auto inverted = static_cast<std::uint8_t>(~byte);
    if ((has_ended && byte != 0) || (inverted & (inverted + 1U)) != 0) return false;
    has_ended = has_ended || byte != 0xFF;
  }
  return true;
}

std::span<const std::uint8_t> octets_of(const ASN1_STRING& text) {
  return {ASN1_STRING_get0_data(&text), static_cast<std::size_t>(ASN1_STRING_length(&text))};
}

bool is_address_constraint(std::span<const std::uint8_t> octets) {
  return (octets.size() == 8 || octets.size() == 32) && is_prefix_mask(octets.subspan(octets.size() / 2));
}

ConstraintMatch match_address(std::span<const std::uint8_t> address, std::span<const std::uint8_t> constraint) {
  if (address.size() != 4 && address.size() != 16) return ConstraintMatch::BadName;
  if (!is_address_constraint(constraint)) return ConstraintMatch::BadConstraint;
  if (constraint.size() != 2 * address.size()) return ConstraintMatch::Outside;
  for (std::size_t at = 0; at < address.size(); ++at) {
    if (((address[at] ^ constraint[at]) & constraint[address.size() + at]) != 0) return ConstraintMatch::Outside;
  }
  return ConstraintMatch::Inside;
}

/// RFC 5280 section 7.1: a directory name lies in a subtree if the subtree's name is an initial part of it. OpenSSL
/// compares whole names only, so the initial part is made.
ConstraintMatch match_directory(const X509_NAME& name, const X509_NAME& constraint) {
  const int length = X509_NAME_entry_count(&constraint);
  if (length == 0) return ConstraintMatch::Inside;
  if (X509_NAME_entry_count(&name) < length) return ConstraintMatch::Outside;
  const X509NamePtr start(X509_NAME_new());
  int last_set = -1;
  for (int at = 0; at < length; ++at) {
    X509_NAME_ENTRY* const entry = X509_NAME_get_entry(&name, at);
    const int set = X509_NAME_ENTRY_set(entry);
    // -1 puts it into the set of the entry before, 0 begins a new one.
    if (X509_NAME_add_entry(start.get(), entry, -1, set == last_set ? -1 : 0) != 1) return ConstraintMatch::BadName;
    last_set = set;
  }
  // Relative names are compared as a whole: the initial part must not end inside one that has several values.
  if (X509_NAME_entry_count(&name) > length && X509_NAME_ENTRY_set(X509_NAME_get_entry(&name, length)) == last_set) {
    return ConstraintMatch::Outside;
  }
  return inside_if(X509_NAME_cmp(start.get(), &constraint) == 0);
}

}  // namespace

bool is_same_kind(const GENERAL_NAME& name, const GENERAL_NAME& constraint) {
  if (name.type != constraint.type) return false;
  return name.type != GEN_OTHERNAME || OBJ_cmp(name.d.otherName->type_id, constraint.d.otherName->type_id) == 0;
}

ConstraintMatch match_constraint(const GENERAL_NAME& name, const GENERAL_NAME& constraint, Reading reading,
                                 bool is_strict) {
  switch (name.type) {
    case GEN_DNS: return match_dns(bytes_of(*name.d.dNSName), bytes_of(*constraint.d.dNSName), reading, is_strict);
    case GEN_EMAIL: return match_mail(bytes_of(*name.d.rfc822Name), bytes_of(*constraint.d.rfc822Name));
    case GEN_URI:
      return match_uri(bytes_of(*name.d.uniformResourceIdentifier), bytes_of(*constraint.d.uniformResourceIdentifier));
    case GEN_IPADD: return match_address(octets_of(*name.d.iPAddress), octets_of(*constraint.d.iPAddress));
    case GEN_DIRNAME: return match_directory(*name.d.directoryName, *constraint.d.directoryName);
    default: return ConstraintMatch::UnknownKind;
  }
}

bool is_good_constraint(const GENERAL_NAME& constraint) {
  switch (constraint.type) {
    case GEN_DNS: return is_dns_constraint(bytes_of(*constraint.d.dNSName));
    case GEN_EMAIL: return is_mail_constraint(bytes_of(*constraint.d.rfc822Name));
    // "The constraint MUST be specified as a fully qualified domain name and MAY specify a host or a domain."
    case GEN_URI: return is_uri_constraint(bytes_of(*constraint.d.uniformResourceIdentifier));
    case GEN_IPADD: return is_address_constraint(octets_of(*constraint.d.iPAddress));
    default: return true;
  }
}

}  // namespace securetransport::trust
