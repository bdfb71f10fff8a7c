// SPDX-License-Identifier: Apache-2.0
#include "trust/name_constraints.hpp"

#include <openssl/x509v3.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "ossl/handles.hpp"
#include "trust/certificate_text.hpp"
#include "trust/constraint_match.hpp"
#include "trust/text.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

using GeneralNamePtr = std::unique_ptr<GENERAL_NAME, ossl::Deleter<GENERAL_NAME_free>>;

/// One authority's constraints against the names below it.
class Judge {
 public:
  Judge(const NAME_CONSTRAINTS& constraints, bool is_strict, WorkBudget& budget)
      : constraints_(constraints), is_strict_(is_strict), budget_(budget) {}

  /// The X509_V_ERR_* for the first name that is not allowed, or X509_V_OK.
  int judge(const Certificate& certificate) {
    const GENERAL_NAMES* const names = certificate.impl().alternative_names();
    const X509_NAME& subject = subject_of(certificate);
    if (X509_NAME_entry_count(&subject) > 0) {
      const GeneralNamePtr as_name(GENERAL_NAME_new());
      GENERAL_NAME_set0_value(as_name.get(), GEN_DIRNAME, X509_NAME_dup(&subject));
      if (const int error = judge(*as_name); error != X509_V_OK) return error;
    }
    bool has_mail = false;
    for (int at = 0; at < sk_GENERAL_NAME_num(names); ++at) {
      const GENERAL_NAME& name = *sk_GENERAL_NAME_value(names, at);
      has_mail = has_mail || name.type == GEN_EMAIL;
      if (const int error = judge(name); error != X509_V_OK) return error;
    }
    return has_mail ? X509_V_OK : judge_mail_of(subject);
  }

 private:
  /// RFC 5280 section 4.2.1.10: "When the subject alternative name extension is absent, but the subject distinguished
  /// name includes an attribute of type emailAddress, the rfc822Name constraint MUST be applied to the attribute".
  int judge_mail_of(const X509_NAME& subject) {
    for (int at = -1; (at = X509_NAME_get_index_by_NID(&subject, NID_pkcs9_emailAddress, at)) >= 0;) {
      const GeneralNamePtr name(GENERAL_NAME_new());
      GENERAL_NAME_set0_value(name.get(), GEN_EMAIL,
                              ASN1_STRING_dup(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(&subject, at))));
      if (const int error = judge(*name); error != X509_V_OK) return error;
    }
    return X509_V_OK;
  }

  int judge(const GENERAL_NAME& name) {
    const Within excluded = within(name, constraints_.excludedSubtrees, Reading::Excluded);
    if (excluded.error != X509_V_OK) return excluded.error;
    if (excluded.is_inside) return X509_V_ERR_EXCLUDED_VIOLATION;
    const Within permitted = within(name, constraints_.permittedSubtrees, Reading::Permitted);
    if (permitted.error != X509_V_OK) return permitted.error;
    return permitted.is_spoken_of && !permitted.is_inside ? X509_V_ERR_PERMITTED_VIOLATION : X509_V_OK;
  }

  struct Within {
    int error = X509_V_OK;
    bool is_spoken_of = false;  ///< There is a subtree of the name's kind.
    bool is_inside = false;
  };

  Within within(const GENERAL_NAME& name, const STACK_OF(GENERAL_SUBTREE) * trees, Reading reading) {
    Within result;
    for (int at = 0; trees != nullptr && at < sk_GENERAL_SUBTREE_num(trees); ++at) {
      const GENERAL_SUBTREE& tree = *sk_GENERAL_SUBTREE_value(trees, at);
      if (!WorkBudget::spend(budget_.name_comparisons, 1)) return {X509_V_ERR_UNSPECIFIED};
      if (!is_same_kind(name, *tree.base)) continue;
      // "Within this profile, the minimum and maximum fields are not used with any name forms".
      if (tree.maximum != nullptr || (tree.minimum != nullptr && ASN1_INTEGER_get(tree.minimum) != 0)) {
        return {X509_V_ERR_SUBTREE_MINMAX};
      }
      result.is_spoken_of = true;
      switch (match_constraint(name, *tree.base, reading, is_strict_)) {
        case ConstraintMatch::Inside: result.is_inside = true; return result;
        case ConstraintMatch::Outside: break;
        case ConstraintMatch::BadConstraint: return {X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX};
        case ConstraintMatch::BadName: return {X509_V_ERR_UNSUPPORTED_NAME_SYNTAX};
        case ConstraintMatch::UnknownKind: return {X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE};
      }
    }
    return result;
  }

  const NAME_CONSTRAINTS& constraints_;
  bool is_strict_;
  WorkBudget& budget_;
};

bool is_well_formed(const STACK_OF(GENERAL_SUBTREE) * trees) {
  for (int at = 0; trees != nullptr && at < sk_GENERAL_SUBTREE_num(trees); ++at) {
    if (!is_good_constraint(*sk_GENERAL_SUBTREE_value(trees, at)->base)) return false;
  }
  return true;
}

RankedViolation broken(int error, std::span<const Certificate> path, std::size_t at, std::size_t issuer) {
  RankedViolation violation = violation_of(error, path[at]);
  violation.violation.chain_index = at;
  std::string& detail = violation.violation.detail;
  if (error == X509_V_ERR_UNSPECIFIED) {
    detail = "its names and the name constraints of its issuers are too many to compare";
    violation.violation.rule = "limit of this library";
    violation.violation.check = TrustCheck::NameConstraints;
    return violation;
  }
  detail += ", namely of " + reference_to(path[issuer], issuer);
  const auto names = path[at].names();
  if (!names.empty()) detail += "; its names are " + join_some(names, kItemsListed);
  return violation;
}

}  // namespace

bool has_name_constraints(const Certificate& certificate) {
  return X509_get_ext_by_NID(keyless_of(certificate), NID_name_constraints, -1) >= 0;
}

void check_name_constraints(std::span<const Certificate> path, std::size_t issuer, bool is_strict, WorkBudget& budget,
                            Violations& violations) {
  if (!has_name_constraints(path[issuer])) return;
  const NAME_CONSTRAINTS* const constraints = path[issuer].impl().name_constraints();
  if (constraints == nullptr || (is_strict && (!is_well_formed(constraints->permittedSubtrees) ||
                                               !is_well_formed(constraints->excludedSubtrees)))) {
    violations.push_back(
        violation_of(X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX, path[issuer], "its name constraints are malformed"));
    violations.back().violation.chain_index = issuer;
    return;
  }
  Judge judge(*constraints, is_strict, budget);
  for (std::size_t at = 0; at < issuer; ++at) {
    // RFC 5280 section 6.1.3 (b): "If certificate i is self-issued and it is not the final certificate in the path,
    // skip this step for certificate i."
    if (at > 0 && path[at].is_self_issued()) continue;
    if (const int error = judge.judge(path[at]); error != X509_V_OK) {
      violations.push_back(broken(error, path, at, issuer));
    }
  }
}

}  // namespace securetransport::trust
