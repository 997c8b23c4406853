// SPDX-License-Identifier: Apache-2.0
#include "sim/values/precision_schema.hpp"

#include <nlohmann/json.hpp>

#include "hw/number/number_format.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kMostIntegerBits = 32;

Schema format_schema() {
  std::vector<Schema> forms;
  for (const std::string& name : Registry<NumberFormat>::instance().names()) {
    const NumberFormat& format = *Registry<NumberFormat>::instance().find(name);
    ObjectSchema form;
    form.constant({"format", "number format"}, name);
    form.integer(
        FieldInfo("bits", "width of a stored word", "bits").range(format.min_bits(), format.max_bits()).must());
    if (format.coded()) form.integer(FieldInfo("value_bits", "width of a codebook entry", "bits").range(2, 16).must());
    forms.push_back(form.json());
  }
  return one_of_schema(forms);
}

FieldInfo integer_bits(const std::string& name, const std::string& meaning) {
  return FieldInfo(name, meaning, "bits").range(-kMostIntegerBits, kMostIntegerBits).must();
}

/// Conv and fc layers have all three, others the ofmap's alone.
Schema range_schema() {
  const FieldInfo activation = integer_bits("activation_integer_bits", "integer bits of the ofmap, sign included");
  ObjectSchema on_array;
  on_array.integer(integer_bits("weight_integer_bits", "integer bits of the weights, sign included"));
  on_array.integer(integer_bits("psum_integer_bits", "integer bits of the sum before the bias, sign included"));
  on_array.integer(activation);
  ObjectSchema other;
  other.integer(activation);
  return one_of_schema({on_array.json(), other.json()});
}

}  // namespace

Schema precision_schema() {
  ObjectSchema exception;
  exception.member({"weights", "how the weights are stored"}, format_schema());
  exception.member({"activations", "how what the layer writes is stored"}, format_schema());
  ObjectSchema precision = named_file_schema("how words are stored");
  precision.member(FieldInfo("weights", "how weights are stored").must(), format_schema());
  precision.member(FieldInfo("activations", "how activations are stored").must(), format_schema());
  precision.member({"layers", "what single layers do otherwise; 'input' is the network's input"},
                   map_schema(exception.json()));
  precision.member(FieldInfo("ranges", "by network, then by layer; 'input' is the network's input").must(),
                   map_schema(map_schema(range_schema())));
  return precision.json();
}

}  // namespace lacuna
