// SPDX-License-Identifier: Apache-2.0
#include "workloads/json/json_view.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

using nlohmann::json;

/// A value as messages quote it.
std::string quoted(const json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "an array";
  constexpr std::size_t kLongest = 80;
  const std::string text = value.dump(-1, ' ', true);
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "...";
}

template <class Number>
std::string range_text(const std::string& what, Number low, Number high) {
  const std::string from = json(low).dump();
  const std::string to = json(high).dump();
  const bool open_above = high == std::numeric_limits<Number>::max();
  const bool open_below = low == std::numeric_limits<Number>::lowest();
  if (open_above && open_below) return what;
  if (open_above) return what + " of at least " + from;
  if (open_below) return what + " of at most " + to;
  return what + " from " + from + " to " + to;
}

std::string mismatch(const std::string& problem, const json& found, const std::string& allowed) {
  return problem + ", found " + quoted(found) + "; allowed " + allowed;
}

}  // namespace

JsonView::JsonView(const JsonDocument& document, const nlohmann::json& value, std::string pointer)
    : document_(&document), value_(&value), pointer_(std::move(pointer)) {}

std::string JsonView::origin() const { return document_->origin(pointer_); }

void JsonView::fail(const std::string& problem) const {
  fail_input(origin() + ": " + (pointer_.empty() ? "" : pointer_ + ": ") + problem);
}

bool JsonView::is_object() const { return value_->is_object(); }
bool JsonView::is_array() const { return value_->is_array(); }
bool JsonView::is_text() const { return value_->is_string(); }
bool JsonView::is_number() const { return value_->is_number(); }

bool JsonView::has(const std::string& key) const {
  if (!is_object()) fail(mismatch("wrong type", *value_, "an object"));
  return value_->contains(key);
}

JsonView JsonView::at(const std::string& key) const {
  if (!has(key)) fail("missing key '" + key + "', found " + joined(keys()));
  return {*document_, value_->at(key), pointer_ + pointer_step(key)};
}

std::vector<std::string> JsonView::keys() const {
  if (!is_object()) fail(mismatch("wrong type", *value_, "an object"));
  std::vector<std::string> result;
  for (const auto& entry : value_->items()) result.push_back(entry.key());
  return result;
}

std::size_t JsonView::size() const {
  if (!is_array()) fail(mismatch("wrong type", *value_, "an array"));
  return value_->size();
}

JsonView JsonView::item(std::size_t index) const {
  if (index >= size()) {
    fail("missing item " + std::to_string(index) + ", found " + std::to_string(size()) + " items");
  }
  return {*document_, value_->at(index), pointer_ + "/" + std::to_string(index)};
}

std::int64_t JsonView::integer(std::int64_t low, std::int64_t high) const {
  const std::string allowed = range_text("an integer", low, high);
  if (!value_->is_number_integer()) fail(mismatch("wrong type", *value_, allowed));
  const bool too_big =
      value_->is_number_unsigned() &&
      value_->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (too_big || value_->get<std::int64_t>() < low || value_->get<std::int64_t>() > high) {
    fail(mismatch("out of range", *value_, allowed));
  }
  return value_->get<std::int64_t>();
}

double JsonView::real(double low, double high) const {
  const std::string allowed = range_text("a number", low, high);
  if (!is_number()) fail(mismatch("wrong type", *value_, allowed));
  const double value = value_->get<double>();
  if (!(value >= low && value <= high)) fail(mismatch("out of range", *value_, allowed));
  return value;
}

bool JsonView::boolean() const {
  if (!value_->is_boolean()) fail(mismatch("wrong type", *value_, "true or false"));
  return value_->get<bool>();
}

std::string JsonView::text() const {
  if (!is_text()) fail(mismatch("wrong type", *value_, "a text"));
  return value_->get<std::string>();
}

std::string JsonView::text_of(const std::vector<std::string>& choices) const {
  if (!is_text()) fail(mismatch("wrong type", *value_, joined(choices)));
  const std::string value = text();
  if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
    fail(mismatch("unknown value", *value_, joined(choices)) + did_you_mean(value, choices));
  }
  return value;
}

void JsonView::allow_keys(const std::vector<std::string>& allowed) const {
  for (const std::string& key : keys()) {
    if (std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
    at(key).fail("unknown key, found '" + key + "'; allowed " + joined(allowed) + did_you_mean(key, allowed));
  }
}

}  // namespace lacuna
