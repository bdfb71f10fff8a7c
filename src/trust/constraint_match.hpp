// SPDX-License-Identifier: Apache-2.0
// One name against one subtree of a name constraint, by the rules of its kind.
#pragma once

#include <openssl/x509v3.h>

#include <cstdint>

namespace securetransport::trust {

enum class ConstraintMatch : std::uint8_t {
  Inside,
  Outside,
  BadConstraint,  ///< The constraint is malformed.
  BadName,        ///< The name is malformed.
  UnknownKind,    ///< Names of this kind cannot be compared.
};

/// A wildcard name stands for many: it is permitted if all of them are, and excluded if one of them is.
enum class Reading : std::uint8_t { Permitted, Excluded };

/// Whether the constraint speaks of names of this kind; otherNames also have a type of their own.
[[nodiscard]] bool is_same_kind(const GENERAL_NAME& name, const GENERAL_NAME& constraint);

/// For a name and a constraint of one kind.
/// @param is_strict  A dNSName constraint must not begin with a dot (RFC 5280); otherwise that asks for a subdomain.
[[nodiscard]] ConstraintMatch match_constraint(const GENERAL_NAME& name, const GENERAL_NAME& constraint,
                                               Reading reading, bool is_strict);

/// Whether it is of the form that RFC 5280 section 4.2.1.10 gives for its kind. True for kinds that are not compared.
[[nodiscard]] bool is_good_constraint(const GENERAL_NAME& constraint);

}  // namespace securetransport::trust
