// SPDX-License-Identifier: Apache-2.0
#include "cli/batch_json.hpp"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <vector>

#include "cli/terminal.hpp"

namespace securetransport::cli {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxDepth = 16;

/// Builds the value and stops at the first thing that is not wanted, before memory or stack is spent on it.
class StrictReader final : public nlohmann::json_sax<json> {
 public:
  json value;
  std::string problem;

  bool null() override { return put(nullptr); }
  bool boolean(bool one) override { return put(one); }
  bool number_integer(number_integer_t one) override { return put(one); }
  bool number_unsigned(number_unsigned_t one) override { return put(one); }
  bool number_float(number_float_t one, const string_t&) override { return put(one); }
  bool string(string_t& one) override { return put(std::move(one)); }
  bool binary(binary_t&) override { return refuse("it holds binary data"); }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (!keys_.back().insert(name).second) {
      return refuse(fmt::format("the key '{}' stands twice", shortened(name, 60)));
    }
    key_ = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    return refuse(fmt::format("it is no JSON object: damage at byte {}", position));
  }

 private:
  bool refuse(std::string why) {
    problem = std::move(why);
    return false;
  }

  /// Where the next value belongs.
  json& place() {
    if (open_.empty()) return value;
    json& parent = *open_.back();
    if (parent.is_object()) return parent[key_];
    parent.push_back(nullptr);
    return parent.back();
  }

  template <class Value>
  bool put(Value&& one) {
    if (open_.empty()) return refuse("it is no JSON object");
    place() = std::forward<Value>(one);
    return true;
  }

  bool open(json container) {
    if (open_.empty() && !container.is_object()) return refuse("it is no JSON object");
    if (open_.size() == kMaxDepth) return refuse("it is nested more than 16 deep");
    json& at = place();
    at = std::move(container);
    open_.push_back(&at);  // A parent does not grow while a child of it is open, so this stays valid.
    keys_.emplace_back();
    return true;
  }

  bool close() {
    open_.pop_back();
    keys_.pop_back();
    return true;
  }

  std::vector<json*> open_;
  std::vector<std::set<std::string>> keys_;
  std::string key_;
};

}  // namespace

BatchObject parse_batch_line(std::string_view line) {
  StrictReader reader;
  const bool is_read = json::sax_parse(line.begin(), line.end(), &reader);
  if (is_read) return {std::move(reader.value), {}};
  return {nullptr, reader.problem.empty() ? "it is no JSON object" : reader.problem};
}

}  // namespace securetransport::cli
