// SPDX-License-Identifier: Apache-2.0
// The object behind SecTrustRef: a question, the objects it was made of, and the answer once it is known.
#include <algorithm>
#include <utility>

#include "apple/sec_objects.hpp"
#include "cf/describe.hpp"

using securetransport::Certificate;
using securetransport::PolicyTerms;
using securetransport::TrustQuestion;
using securetransport::TrustResult;
using securetransport::cf::CFRef;

namespace {

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::vector<Certificate> values_of(const __SecTrust::Certificates& objects) {
  std::vector<Certificate> values;
  for (const auto& object : objects) values.push_back(object.get()->certificate);
  return values;
}

__SecTrust::Certificates objects_of(const std::vector<Certificate>& values) {
  __SecTrust::Certificates objects;
  for (const Certificate& value : values) objects.push_back(securetransport::apple::make_certificate(value));
  return objects;
}

/// The object of an equal certificate, or null.
SecCertificateRef find(const __SecTrust::Certificates& objects, const Certificate& certificate) {
  const auto found = std::find_if(objects.begin(), objects.end(),
                                  [&](const auto& object) { return object.get()->certificate == certificate; });
  return found == objects.end() ? nullptr : found->get();
}

}  // namespace

__SecTrust::__SecTrust(Certificates input, Policies policies) : Object(type_id()), input_(std::move(input)) {
  question_.chain = values_of(input_);
  set_policies(std::move(policies));
}

__SecTrust::__SecTrust(TrustQuestion question, std::optional<TrustResult> known)
    : Object(type_id()), question_(std::move(question)), input_(objects_of(question_.chain)) {
  for (const PolicyTerms& terms : question_.policies) {
    policies_.push_back(CFRef<SecPolicyRef>::adopt(new __SecPolicy(terms)));
  }
  if (question_.anchors) anchors_ = objects_of(*question_.anchors);
  if (known) learn(*std::move(known));
}

CFTypeID __SecTrust::type_id() {
  static const CFTypeID id = securetransport::cf::register_type("SecTrust");
  return id;
}

std::string __SecTrust::describe() const {
  return securetransport::cf::address_text(*this) + " leaf: " + question_.chain.front().subject();
}

TrustQuestion& __SecTrust::change() {
  result_.reset();
  path_.clear();
  return question_;
}

void __SecTrust::set_policies(Policies policies) {
  policies_ = std::move(policies);
  std::vector<PolicyTerms>& terms = change().policies;
  terms.clear();
  for (const auto& policy : policies_) terms.push_back(policy.get()->terms);
}

void __SecTrust::set_anchors(std::optional<Certificates> anchors) {
  anchors_ = std::move(anchors);
  TrustQuestion& question = change();
  question.anchors.reset();
  if (anchors_) question.anchors = values_of(*anchors_);
}

const TrustResult& __SecTrust::result() {
  if (!result_) learn(securetransport::answer(question_, now()));
  return *result_;
}

const __SecTrust::Certificates& __SecTrust::path() {
  result();
  return path_;
}

std::chrono::sys_seconds __SecTrust::fix_time() {
  if (!question_.time) question_.time = now();
  return *question_.time;
}

void __SecTrust::learn(TrustResult result) {
  Certificates path;
  for (const Certificate& certificate : result.path) {
    SecCertificateRef known = find(input_, certificate);
    if (known == nullptr && anchors_) known = find(*anchors_, certificate);
    path.push_back(known != nullptr ? CFRef<SecCertificateRef>::retain(known)
                                    : securetransport::apple::make_certificate(certificate));
  }
  if (path.empty()) path.push_back(input_.front());
  path_ = std::move(path);
  evaluation_time_ = question_.time.value_or(now());
  result_ = std::move(result);
}
