// SPDX-License-Identifier: Apache-2.0
#include "sim/result/layer_reader.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/result/flat_visitor.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kIntegerMax = std::numeric_limits<std::int64_t>::max();
constexpr double kRealMax = std::numeric_limits<double>::max();

std::int64_t integer_at(const JsonView& view) {
  return view.integer(std::numeric_limits<std::int64_t>::min(), kIntegerMax);
}

double real_at(const JsonView& view) {
  return view.json().is_null() ? std::numeric_limits<double>::quiet_NaN() : view.real(-kRealMax, kRealMax);
}

class Reader : public FlatVisitor {
 public:
  explicit Reader(JsonView view) : view_(std::move(view)) {}
  void integer(const FieldInfo& info, std::int64_t& value) override { value = integer_at(view_.at(info.name)); }
  void real(const FieldInfo& info, double& value) override { value = real_at(view_.at(info.name)); }
  void boolean(const FieldInfo& info, bool& value) override { value = view_.at(info.name).boolean(); }
  void text(const FieldInfo& info, std::string& value) override { value = view_.at(info.name).text(); }
  void integer_map(const FieldInfo& info, std::map<std::string, std::int64_t>& value) override {
    const JsonView map = view_.at(info.name);
    for (const std::string& key : map.keys()) value[key] = integer_at(map.at(key));
  }
  void real_map(const FieldInfo& info, std::map<std::string, double>& value) override {
    const JsonView map = view_.at(info.name);
    for (const std::string& key : map.keys()) value[key] = real_at(map.at(key));
  }

 private:
  JsonView view_;
};

}  // namespace

std::vector<LayerResult> read_layers(const JsonView& layers) {
  std::vector<LayerResult> result(layers.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    Reader reader(layers.item(i));
    result[i].describe(reader);
  }
  return result;
}

}  // namespace lacuna
