// SPDX-License-Identifier: Apache-2.0
#include "tests/support/level_comparison.hpp"

#include <algorithm>
#include <map>

#include "hw/base/error.hpp"

namespace lacuna::test {

namespace {

using Lines = std::vector<std::string>;
using Named = std::map<std::string, std::int64_t>;

void add(Lines& lines, const std::string& name, std::int64_t clocked, std::int64_t event) {
  if (clocked != event) lines.push_back(name + ": " + std::to_string(clocked) + ", " + std::to_string(event));
}

void add(Lines& lines, const std::string& name, const Named& clocked, const Named& event) {
  for (const auto& [key, value] : clocked) {
    const auto found = event.find(key);
    if (found == event.end()) {
      lines.push_back(name + " " + key + ": " + std::to_string(value) + ", none");
    } else {
      add(lines, name + " " + key, value, found->second);
    }
  }
  for (const auto& [key, value] : event) {
    if (clocked.count(key) == 0) lines.push_back(name + " " + key + ": none, " + std::to_string(value));
  }
}

/// One item of a list; its name is put together for lines alone: most items are equal.
struct Item {
  Lines& lines;
  const char* list;
  std::size_t index;

  void compare(const char* field, std::int64_t clocked, std::int64_t event) const {
    if (clocked == event) return;
    add(lines, std::string(list) + " " + std::to_string(index) + field, clocked, event);
  }
};

/// Compares two lists item by item, if they are equally long.
template <class T, class Compare>
void add_each(Lines& lines, const char* list, const std::vector<T>& clocked, const std::vector<T>& event,
              const Compare& compare) {
  add(lines, std::string("number of ") + list, static_cast<std::int64_t>(clocked.size()),
      static_cast<std::int64_t>(event.size()));
  if (clocked.size() != event.size()) return;
  for (std::size_t i = 0; i < clocked.size(); ++i) compare(Item{lines, list, i}, clocked[i], event[i]);
}

void add_passes(Lines& lines, const LayerRun& clocked, const LayerRun& event) {
  add_each(lines, "pass", clocked.passes, event.passes, [](const Item& pass, const PassRecord& c, const PassRecord& e) {
    pass.compare(" start_without_link", c.start_without_link, e.start_without_link);
    pass.compare(" start", c.start, e.start);
    pass.compare(" filters_sent", c.filters_sent, e.filters_sent);
    pass.compare(" end", c.end, e.end);
  });
}

void add_spans(Lines& lines, const LayerRun& clocked, const LayerRun& event) {
  const std::vector<std::string>& causes = clocked.activity.stall_causes;
  add_each(lines, "span of pass", clocked.activity.passes, event.activity.passes,
           [&](const Item& span, const PassActivity& c, const PassActivity& e) {
             span.compare(" first edge", c.first, e.first);
             span.compare(" edges", c.edges, e.edges);
             span.compare(" idle", c.idle, e.idle);
             for (std::size_t cause = 0; cause < causes.size(); ++cause) {
               if (c.stalls[cause] == e.stalls[cause]) continue;
               span.compare((" stalled by " + causes[cause]).c_str(), c.stalls[cause], e.stalls[cause]);
             }
           });
}

void add_transfers(Lines& lines, const LayerRun& clocked, const LayerRun& event) {
  add_each(lines, "transfer", clocked.transfers, event.transfers,
           [](const Item& transfer, const TransferRecord& c, const TransferRecord& e) {
             transfer.compare(" released", c.released, e.released);
             transfer.compare(" start", c.start, e.start);
             transfer.compare(" end", c.end, e.end);
             transfer.compare(" words", c.words, e.words);
           });
}

void add_pes(Lines& lines, const ArrayActivity& clocked, const ArrayActivity& event) {
  if (clocked.stall_causes != event.stall_causes) lines.emplace_back("stall causes");
  add_each(lines, "PE", clocked.pes, event.pes, [&](const Item& pe, const PeActivity& c, const PeActivity& e) {
    pe.compare(" row", c.row, e.row);
    pe.compare(" column", c.column, e.column);
    pe.compare(" performed", c.performed, e.performed);
    pe.compare(" gated", c.gated, e.gated);
    pe.compare(" busy", c.busy, e.busy);
    pe.compare(" filler_performed", c.filler_performed, e.filler_performed);
    pe.compare(" filler_gated", c.filler_gated, e.filler_gated);
    pe.compare(" idle", c.idle, e.idle);
    pe.compare(" stall causes", static_cast<std::int64_t>(c.stalls.size()), static_cast<std::int64_t>(e.stalls.size()));
    for (std::size_t cause = 0; cause < std::min(c.stalls.size(), e.stalls.size()); ++cause) {
      if (c.stalls[cause] == e.stalls[cause]) continue;
      pe.compare((" stalled by " + clocked.stall_causes[cause]).c_str(), c.stalls[cause], e.stalls[cause]);
    }
  });
}

}  // namespace

std::vector<std::string> differences(const LayerRun& clocked, const LayerRun& event) {
  Lines lines;
  add_passes(lines, clocked, event);
  add_spans(lines, clocked, event);
  add_transfers(lines, clocked, event);
  add(lines, "total_cycles", clocked.total_cycles, event.total_cycles);
  add(lines, "processing_cycles", clocked.processing_cycles, event.processing_cycles);
  add(lines, "array_cycles", clocked.array_cycles, event.array_cycles);
  add(lines, "active_pes", clocked.active_pes, event.active_pes);
  add(lines, "macs_performed", clocked.macs_performed, event.macs_performed);
  add(lines, "macs_gated", clocked.macs_gated, event.macs_gated);
  add(lines, "macs_skipped", clocked.macs_skipped, event.macs_skipped);
  add(lines, "filler", clocked.filler, event.filler);
  add(lines, "count", clocked.counts, event.counts);
  add(lines, "array count", clocked.activity.counts, event.activity.counts);
  add(lines, "stall_cycles", clocked.stall_cycles, event.stall_cycles);
  add(lines, "bus stall", clocked.activity.bus_stalls, event.activity.bus_stalls);
  add_pes(lines, clocked.activity, event.activity);
  add(lines, "dram_read_bits", clocked.dram_read_bits, event.dram_read_bits);
  add(lines, "dram_write_bits", clocked.dram_write_bits, event.dram_write_bits);
  add(lines, "stream_read_bits", clocked.stream_read_bits, event.stream_read_bits);
  add(lines, "stream_write_bits", clocked.stream_write_bits, event.stream_write_bits);
  add(lines, "weight_stored_bits", clocked.weight_stored_bits, event.weight_stored_bits);
  add(lines, "global_buffer_read_words", clocked.global_buffer_read_words, event.global_buffer_read_words);
  add(lines, "global_buffer_ifmap_words", clocked.global_buffer_ifmap_words, event.global_buffer_ifmap_words);
  add(lines, "global_buffer_write_words", clocked.global_buffer_write_words, event.global_buffer_write_words);
  add_each(lines, "ofmap word", clocked.ofmap, event.ofmap,
           [](const Item& word, StoredWord c, StoredWord e) { word.compare("", c, e); });
  return lines;
}

Outcome outcome_of(const std::function<LayerRun()>& run) {
  Outcome outcome;
  try {
    outcome.run = run();
  } catch (const Error& error) {
    outcome.error = error.what();
  }
  return outcome;
}

std::vector<std::string> differences(const Outcome& clocked, const Outcome& event) {
  Lines lines;
  if (!clocked.error.empty()) lines.push_back("clocked: " + clocked.error);
  if (!event.error.empty()) lines.push_back("event: " + event.error);
  return lines.empty() ? differences(clocked.run, event.run) : lines;
}

std::vector<std::string> level_differences(const LayerCase& c, const std::function<void(Described&)>& perturb) {
  RunHooks hooks;
  hooks.perturb = perturb;
  return differences(outcome_of([&c] { return c.run(); }), outcome_of([&] { return c.run_event(hooks); }));
}

}  // namespace lacuna::test
