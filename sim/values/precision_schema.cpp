// SPDX-License-Identifier: Apache-2.0
#include "sim/values/precision_schema.hpp"

#include <nlohmann/json.hpp>

#include "hw/mac/mac.hpp"
#include "hw/number/number_format.hpp"
#include "workloads/network/network_schema.hpp"

namespace lacuna {
namespace {

Schema format_schema(bool (NumberFormat::*may)() const) {
  std::vector<Schema> forms;
  for (const std::string& name : Registry<NumberFormat>::instance().names()) {
    const NumberFormat& format = *Registry<NumberFormat>::instance().find(name);
    if (!(format.*may)()) continue;
    ObjectSchema form;
    form.constant({"format", "number format"}, name);
    form.integer(
        FieldInfo("bits", "width of a stored word", "bits").range(format.min_bits(), format.max_bits()).must());
    if (format.chooses_value_bits())
      form.integer(FieldInfo("value_bits", "width of a codebook entry", "bits").range(2, 16).must());
    forms.push_back(form.json());
  }
  return one_of_schema(forms);
}

}  // namespace

Schema precision_schema() {
  ObjectSchema exception;
  exception.member({"weights", "how the weights are stored"}, format_schema(&NumberFormat::for_weights));
  exception.member({"activations", "how what the layer writes is stored"},
                   format_schema(&NumberFormat::for_activations));
  ObjectSchema precision = named_file_schema("how words are stored");
  precision.member(FieldInfo("weights", "how weights are stored").must(), format_schema(&NumberFormat::for_weights));
  precision.member(FieldInfo("activations", "how activations are stored").must(),
                   format_schema(&NumberFormat::for_activations));
  const std::vector<std::string> macs = Registry<MacDatapath>::instance().names();
  precision.text(FieldInfo("mac", "the MAC that these words are meant for, where that of the chip does not take them")
                     .one_of(macs));
  precision.text(FieldInfo("exempt_mac", "the MAC for layers that are exempt").one_of(macs));
  precision.member({"layers",
                    "what single layers do otherwise; 'input' is the network's input, 'first' and 'last' its first and "
                    "last conv or fc layer, 'before_last' what makes the words that the last one reads"},
                   map_schema(exception.json()));
  precision.member({"ranges", "by network, then by layer; they go before those of the network's file"},
                   map_schema(ranges_schema()));
  return precision.json();
}

}  // namespace lacuna
