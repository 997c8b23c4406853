// SPDX-License-Identifier: Apache-2.0
#include "sim/mapper/estimate.hpp"

#include <algorithm>

#include "hw/chip/accelerator.hpp"
#include "sim/energy/account.hpp"

namespace lacuna {

Estimator::Estimator(const MappingRequest& request)
    : context_(request.context),
      widths_(request.widths),
      core_khz_(request.chip->core_clock_khz),
      link_khz_(request.chip->dram_link.clock_khz),
      link_bits_(request.chip->dram_link.bits),
      priced_(request.prices != nullptr) {
  if (!priced_) return;
  // Energy is linear in counts, time, cycles and covered PEs: the account of one event is its price.
  const Prices& prices = *request.prices;
  const auto price = [&prices](const std::string& event) {
    return account({{event, 1}}, prices, {0.0, 0, 0.0}).total_pj.value;
  };
  for (const std::string& event : request.chip->array.array().events()) unit_.array.push_back(price(event));
  const MacWidths widths{context_.weight_bits, context_.activation_bits};
  for (const MacEvent& event : mac_events(*request.chip, widths)) {
    unit_.mac += price(event.name) * static_cast<double>(event.per_mac);
  }
  unit_.ifmap_read = price("global_buffer.ifmap_read");
  unit_.ifmap_write = price("global_buffer.ifmap_write");
  unit_.psum_read_and_write = price("global_buffer.psum_read") + price("global_buffer.psum_write");
  unit_.filter_read = price("global_buffer.filter_read");
  unit_.filter_write = price("global_buffer.filter_write");
  unit_.ofmap_word = price("global_buffer.psum_drain") + price("post.op") + price("codec.encode_value");
  unit_.decode = price("codec.decode_value");
  unit_.read_bit = price("dram.read_bit");
  unit_.write_bit = price("dram.write_bit");
  const auto of_time = [&prices](const LayerTime& time) { return account({}, prices, time).total_pj.value; };
  unit_.per_ms = of_time({1.0, 0, 0.0});
  unit_.per_cycle = of_time({0.0, 1, 0.0});
  unit_.per_cycle_covered = of_time({0.0, 1, 1.0}) - unit_.per_cycle;
}

std::int64_t Estimator::link_cycles(std::int64_t words, std::int64_t bits) const {
  return ceil_div(ceil_div(words * bits, link_bits_) * core_khz_, link_khz_);
}

std::int64_t Estimator::exposed_link_cycles(const MappingCost& cost) const {
  return link_cycles(cost.dram_ifmap_words, widths_.activation_bits) +
         link_cycles(cost.dram_ofmap_words, widths_.ofmap_bits);
}

std::int64_t Estimator::filter_link_cycles(const MappingCost& cost) const {
  return link_cycles(cost.dram_filter_words, widths_.weight_bits);
}

MappingFigures Estimator::figures(const MappingCost& cost) const {
  MappingFigures figures;
  figures.dram_words = cost.dram_words();
  figures.buffer_words = cost.buffer_words();
  figures.total_cycles =
      std::max(cost.cycles, cost.filter_cycles + filter_link_cycles(cost)) + exposed_link_cycles(cost);
  figures.total_ms = static_cast<double>(figures.total_cycles) / static_cast<double>(core_khz_);
  if (priced_) figures.energy_pj = energy_pj(cost, figures);
  return figures;
}

double Estimator::energy_pj(const MappingCost& cost, const MappingFigures& figures) const {
  const auto real = [](std::int64_t number) { return static_cast<double>(number); };
  const double covered = real(cost.active_pes) / real(context_.array->pes());
  double energy = unit_.per_ms * figures.total_ms +
                  (unit_.per_cycle + unit_.per_cycle_covered * covered) * real(figures.total_cycles) +
                  unit_.mac * real(cost.macs_performed);
  for (std::size_t event = 0; event < unit_.array.size(); ++event) {
    energy += unit_.array[event] * real(cost.events[event]);
  }
  energy += unit_.ifmap_read * real(cost.buffer_ifmap_reads) + unit_.ifmap_write * real(cost.dram_ifmap_words) +
            unit_.psum_read_and_write * real(cost.buffer_psum_reads) + unit_.ofmap_word * real(cost.dram_ofmap_words) +
            unit_.filter_read * real(cost.buffer_filter_reads) + unit_.filter_write * real(cost.dram_filter_words) +
            unit_.decode * real(cost.dram_ifmap_words + cost.dram_filter_words);
  const std::int64_t read_bits =
      cost.dram_ifmap_words * widths_.activation_bits + cost.dram_filter_words * widths_.weight_bits;
  return energy + unit_.read_bit * real(read_bits) + unit_.write_bit * real(cost.dram_ofmap_words * widths_.ofmap_bits);
}

}  // namespace lacuna
