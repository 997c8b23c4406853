// SPDX-License-Identifier: Apache-2.0
#include "sim/trace/run_trace.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "hw/base/layer_shape.hpp"
#include "hw/chip/buffer_stay.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kLayers = 1;
constexpr std::int64_t kLink = 2;
constexpr std::int64_t kWaits = 3;
constexpr std::int64_t kPasses = 4;  // and behind it where passes overlap

constexpr std::int64_t kBitsPerByte = 8;

const char* const kTimeUnit =
    "ts and dur are microseconds: edge e of the core clock stands at floor(e x 1000000 / core_clock_khz) nanoseconds; "
    "cycles in args are exact and count from the start of the layer";

std::string name_of(const Transfer& transfer) {
  const std::string tile = std::to_string(transfer.tile);
  switch (transfer.kind) {
    case TransferKind::fill_filter:
      return "filter tile " + tile;
    case TransferKind::fill_ifmap:
      return "ifmap tile " + tile;
    default:
      return "ofmap tile " + tile;
  }
}

/// What the transfer waited for besides the link.
std::string condition_of(const Transfer& transfer) {
  const std::string pass = "pass " + std::to_string(transfer.after_pass);
  switch (transfer.after) {
    case PassEvent::filters_sent:
      return pass + " has sent its filters";
    case PassEvent::ready:
      return pass + " can start but for the link";
    case PassEvent::ended:
      return pass + " has ended";
    default:
      return "nothing";
  }
}

TraceArgs by_cause(const std::vector<std::string>& causes, const std::vector<std::int64_t>& stalls) {
  TraceArgs args;
  for (std::size_t cause = 0; cause < causes.size(); ++cause) args.put(causes[cause], stalls[cause]);
  return args;
}

}  // namespace

RunTrace::RunTrace(const std::string& path, const Experiment& experiment)
    : experiment_(experiment), trace_(path, experiment.chip.core_clock_khz) {
  trace_.name_process(experiment.chip.name + ", " + experiment.network.name);
  trace_.name_track(kLayers, "layers");
  trace_.name_track(kLink, "DRAM link");
  trace_.name_track(kWaits, "array waits");
}

void RunTrace::layer(const TracedLayer& layer) {
  add_layer(layer);
  add_transfers(layer);
  add_waits(layer);
  add_passes(layer);
  add_occupancy(layer);
  add_stalled_pes(layer);
  base_ += layer.run.total_cycles;
}

void RunTrace::host_layer(const std::string& name, const std::string& kind) {
  trace_.instant(kLayers, name, base_, TraceArgs().put("kind", "host:" + kind).put("cycles", std::int64_t{0}));
}

void RunTrace::add_layer(const TracedLayer& layer) {
  const LayerRun& run = layer.run;
  TraceArgs stalls;
  for (const auto& [cause, cycles] : run.stall_cycles) stalls.put(cause, cycles);
  TraceArgs args;
  args.put("kind", layer.kind)
      .put("cycles", run.total_cycles)
      .put("processing_cycles", run.processing_cycles)
      .put("array_cycles", run.array_cycles)
      .put("passes", layer.schedule.passes)
      .put("transfers", static_cast<std::int64_t>(run.transfers.size()))
      .put("stall_cycles", stalls);
  trace_.slice(kLayers, layer.name, base_, base_ + run.total_cycles, args);
}

void RunTrace::add_transfers(const TracedLayer& layer) {
  const std::int64_t link_bits = experiment_.chip.dram_link.bits;
  for (std::size_t i = 0; i < layer.run.transfers.size(); ++i) {
    const Transfer& transfer = layer.schedule.transfers[i];
    const TransferRecord& record = layer.run.transfers[i];
    const std::int64_t bits = record.words * link_bits;
    TraceArgs args;
    args.put("layer", layer.name)
        .put("start", record.start)
        .put("cycles", record.end - record.start)
        .put("words", record.words)
        .put("bytes", bits / kBitsPerByte)
        .put_ratio("bits_per_cycle", bits, record.end - record.start)
        .put("after", condition_of(transfer))
        .put("released", record.released);
    trace_.slice(kLink, name_of(transfer), base_ + record.start, base_ + record.end, args);
  }
}

void RunTrace::add_waits(const TracedLayer& layer) {
  for (std::size_t pass = 0; pass < layer.run.passes.size(); ++pass) {
    const std::int64_t wait = layer.run.passes[pass].link_wait();
    if (wait == 0) continue;
    const std::int64_t first = layer.run.activity.passes[pass].first;
    const auto awaited = static_cast<std::size_t>(layer.schedule.transfers_before[pass]) - 1;
    TraceArgs args;
    args.put("layer", layer.name)
        .put("pass", static_cast<std::int64_t>(pass))
        .put("start", first)
        .put("cycles", wait)
        .put("for", name_of(layer.schedule.transfers[awaited]));
    trace_.slice(kWaits, "waits for DRAM link", base_ + first, base_ + first + wait, args);
  }
}

std::int64_t RunTrace::track_of_pass(std::int64_t first, std::int64_t end) {
  auto track = std::find_if(pass_tracks_.begin(), pass_tracks_.end(), [=](std::int64_t free) { return free <= first; });
  if (track == pass_tracks_.end()) {
    const std::size_t number = pass_tracks_.size();
    trace_.name_track(kPasses + static_cast<std::int64_t>(number),
                      number == 0 ? "array passes" : "array passes that overlap, " + std::to_string(number));
    track = pass_tracks_.insert(pass_tracks_.end(), 0);
  }
  *track = end;
  return kPasses + (track - pass_tracks_.begin());
}

void RunTrace::add_passes(const TracedLayer& layer) {
  const ArrayActivity& activity = layer.run.activity;
  const auto pes = static_cast<std::int64_t>(activity.pes.size());
  for (std::size_t pass = 0; pass < layer.run.passes.size(); ++pass) {
    const PassRecord& record = layer.run.passes[pass];
    const PassActivity& span = activity.passes[pass];
    std::int64_t issued = pes * span.edges - span.idle;
    for (const std::int64_t stalled : span.stalls) issued -= stalled;
    const std::int64_t end = record.end + 1;
    TraceArgs args;
    args.put("layer", layer.name)
        .put("pass", static_cast<std::int64_t>(pass))
        .put("start", record.start)
        .put("cycles", end - record.start)
        .put("filters_sent", record.filters_sent)
        .put("counted_from", span.first)
        .put("counted_cycles", span.edges)
        .put("issued_pe_cycles", issued)
        .put("stall_pe_cycles", by_cause(activity.stall_causes, span.stalls))
        .put("idle_pe_cycles", span.idle);
    trace_.slice(track_of_pass(base_ + record.start, base_ + end), "pass " + std::to_string(pass), base_ + record.start,
                 base_ + end, args);
  }
}

void RunTrace::add_occupancy(const TracedLayer& layer) {
  std::map<std::int64_t, std::array<std::int64_t, 3>> changes;  // bits that come and go, by edge
  const std::array<std::int64_t, 3> bits_of_word = {layer.activation_bits, layer.weight_bits,
                                                    experiment_.chip.mac.accumulator_bits};
  for (const BufferStay& stay : buffer_stays(layer.schedule, layer.run.passes, layer.run.transfers)) {
    const auto content = static_cast<std::size_t>(stay.content);
    const bool stream = stay.content == BufferContent::filter && experiment_.chip.weight_memory.holds_streams();
    const std::int64_t bits =
        stream ? stay.link_words * experiment_.chip.dram_link.bits : stay.words * bits_of_word[content];
    changes[stay.first][content] += bits;
    changes[stay.end][content] -= bits;
  }
  std::array<std::int64_t, 3> held = {0, 0, 0};
  for (const auto& [edge, change] : changes) {
    for (std::size_t content = 0; content < held.size(); ++content) held[content] += change[content];
    trace_.counter("global buffer bytes", base_ + edge,
                   TraceArgs()
                       .put("ifmap", ceil_div(held[0], kBitsPerByte))
                       .put("filter", ceil_div(held[1], kBitsPerByte))
                       .put("psum", ceil_div(held[2], kBitsPerByte)));
  }
}

void RunTrace::add_stalled_pes(const TracedLayer& layer) {
  const ArrayActivity& activity = layer.run.activity;
  std::string shown;
  const auto show = [&](std::int64_t edge, const TraceArgs& args) {
    if (args.json() == shown) return;  // a counter keeps its value
    shown = args.json();
    trace_.counter("stalled PEs", base_ + edge, args);
  };
  for (const PassActivity& span : activity.passes) {
    TraceArgs args;
    for (std::size_t cause = 0; cause < span.stalls.size(); ++cause) {
      args.put_ratio(activity.stall_causes[cause], span.stalls[cause], span.edges);
    }
    show(span.first, args);
  }
  TraceArgs none;
  for (const std::string& cause : activity.stall_causes) none.put_ratio(cause, 0, 1);
  show(layer.run.array_cycles, none);
}

void RunTrace::finish(const RunResult& result) {
  const ChipConfig& chip = experiment_.chip;
  const GlobalBufferConfig& buffer = chip.global_buffer;
  TraceArgs program;
  program.put("version", result.program.version)
      .put("git_revision", result.program.git_revision)
      .put("compiler", result.program.compiler);
  TraceArgs other;
  other.put("program", program)
      .put("chip", chip.name)
      .put("network", experiment_.network.name)
      .put("batch", experiment_.run.batch)
      .put("core_clock_khz", chip.core_clock_khz)
      .put("time", kTimeUnit)
      .put("cycles", base_)
      .put("global_buffer_bytes", buffer.banks * buffer.bank_bytes)
      .put("global_buffer_filter_bytes", buffer.filter_banks * buffer.bank_bytes)
      .put_json("labels", nlohmann::json(result.labels).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  trace_.finish(other);
}

}  // namespace lacuna
