// SPDX-License-Identifier: Apache-2.0
#include "tests/support/row_stationary_case.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>

#include "hw/array/row_stationary/clocked/array.hpp"
#include "hw/array/row_stationary/event/timeline.hpp"
#include "hw/noc/simulation_context.hpp"

namespace lacuna::test {

namespace {

using nlohmann::json;

RowStationaryGrid grid_of(const json& input) {
  return {input["R"], input["S"], input["U"], input["r"], input["t"], input["e"], input.value("D", std::int64_t{1})};
}

RowStationaryUnits units_of(const json& input) {
  RowStationaryUnits units;
  units.ifmap_spad_words = input["Z"];
  units.psum_spad_words = input["Y"];
  units.ifmap_fifo_words = input["D_ifmap"];
  units.psum_fifo_beats = input["D_psum"];
  units.output_fifo_beats = input["D_gon"];
  units.combine_cycles = input["cc"];
  units.overlap = input["mode"] == "M0" ? PassOverlap::barrier : PassOverlap::after_last_multiply;
  units.psum_order = input["psum_order"] == "beat_major" ? PsumOrder::beat_major : PsumOrder::column_major;
  units.ifmap_order = input["ifmap_order"] == "column_major" ? IfmapOrder::column_major : IfmapOrder::row_major;
  return units;
}

/// The generator that the file states.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : x_(seed) {}
  std::uint64_t next() {
    x_ = x_ * 6364136223846793005U + 1442695040888963407U;
    return x_ >> 33;
  }
  Word next_word() { return static_cast<std::int16_t>(next() % 65536); }

 private:
  std::uint64_t x_;
};

/// Ifmap columns of a tile up to the last that a window reads, those that none reads included.
std::int64_t width_of(const RowStationaryGrid& g, const RowStationaryPass& p) { return (p.Ft - 1) * g.U + g.span(); }

std::size_t ifmap_size(const RowStationaryGrid& g, const RowStationaryPass& p) {
  return static_cast<std::size_t>(p.n * g.r * p.q * g.rows(p.ev) * width_of(g, p));
}
std::size_t filter_size(const RowStationaryGrid& g, const RowStationaryPass& p) {
  return static_cast<std::size_t>(g.t * p.p * g.r * p.q * g.R * g.S);
}
std::size_t psum_size(const RowStationaryGrid& g, const RowStationaryPass& p) {
  return static_cast<std::size_t>(p.n * p.Ft * g.t * p.ev * p.p);
}

void generate(RowStationaryCase& c, const json& values, const json& passes) {
  Generator generator(values["seed"].get<std::uint64_t>());
  const std::uint64_t density = values["ifmap_density_percent"];
  for (std::size_t k = 0; k < c.context.passes.size(); ++k) {
    const RowStationaryPass& pass = c.context.passes[k];
    RowStationaryCase::PassWords words;
    for (std::size_t i = 0; i < ifmap_size(c.context.grid, pass); ++i) {
      const std::uint64_t a = generator.next();
      const Word b = generator.next_word();
      words.ifmap.push_back(a % 100 < density ? b : 0);
    }
    for (std::size_t i = 0; i < filter_size(c.context.grid, pass); ++i) words.filters.push_back(generator.next_word());
    if (passes[k]["psum_in"] == "generated") {
      for (std::size_t i = 0; i < psum_size(c.context.grid, pass); ++i) words.psum_in.push_back(generator.next_word());
    }
    c.words.push_back(words);
  }
}

void read_words(RowStationaryCase& c, const json& input) {
  const json& values = input["values"];
  if (values.is_string()) return;
  c.values = true;
  if (values.contains("seed")) {
    generate(c, values, input["passes"]);
  } else {
    for (std::size_t k = 0; k < c.context.passes.size(); ++k) {
      RowStationaryCase::PassWords words;
      words.ifmap = values["ifmap"][k].get<std::vector<Word>>();
      words.filters = values["filters"][k].get<std::vector<Word>>();
      if (!values["psum_in"][k].is_null()) words.psum_in = values["psum_in"][k].get<std::vector<Word>>();
      c.words.push_back(words);
    }
  }
  for (std::size_t k = 0; k < c.words.size(); ++k) {
    if (c.words[k].psum_in.empty()) c.words[k].psum_in.assign(psum_size(c.context.grid, c.context.passes[k]), 0);
  }
}

void read_expected(RowStationaryCase& c, const json& expected) {
  if (expected.contains("start")) {
    for (std::size_t k = 0; k < expected["start"].size(); ++k) {
      c.start_end[static_cast<std::int64_t>(k)] = {expected["start"][k], expected["end"][k]};
    }
  } else {
    for (const json& entry : expected["pass_start_end"]) c.start_end[entry[0]] = {entry[1], entry[2]};
  }
  c.total_cycles = expected["total_cycles"];
  c.sums = expected["sums"].get<decltype(c.sums)>();
  if (expected.contains("per_pe")) c.per_pe = expected["per_pe"].get<decltype(c.per_pe)>();
  c.bus_stalls = expected["bus_stalls"].get<decltype(c.bus_stalls)>();
  if (expected.contains("output_checksum"))
    c.output_checksum = expected["output_checksum"].get<std::vector<std::string>>();
}

RowStationaryCase read_case(const json& entry) {
  RowStationaryCase c;
  const json& input = entry["input"];
  c.id = entry["id"];
  c.note = entry.value("note", "");
  c.context.grid = grid_of(input);
  c.context.units = units_of(input);
  std::int64_t longest_row = 1;
  for (const json& p : input["passes"]) {
    RowStationaryPass pass;
    pass.ev = p["ev"];
    pass.p = p["p"];
    pass.q = p["q"];
    pass.n = p["n"];
    pass.Ft = p["Ft"];
    pass.filters = pass.p * c.context.grid.t;
    pass.channels = pass.q * c.context.grid.r;
    longest_row = std::max(longest_row, pass.p * pass.q * c.context.grid.S);
    for (std::int64_t i = 0; i < p.value("repeat", std::int64_t{1}); ++i) {
      c.context.passes.push_back(pass);
      c.psum_from_previous.push_back(p["psum_in"] == "previous");
    }
  }
  c.context.units.filter_spad_words = longest_row;
  c.context.records.resize(c.context.passes.size());
  read_words(c, input);
  read_expected(c, entry["expected"]);
  return c;
}

/// The words of a case where the global buffer would be.
class CaseMemory : public RowStationaryMemory {
 public:
  explicit CaseMemory(const RowStationaryCase& c) : case_(c), grid_(c.context.grid) {}

  Word filter(std::int64_t k, const FilterProgram& at, std::int64_t lane) override {
    if (!case_.values) return 1;
    const RowStationaryPass& pass = case_.context.pass(k);
    const std::int64_t taps = pass.q * grid_.S;
    const std::int64_t f = (at.word + lane) / taps;
    const std::int64_t tap = (at.word + lane) % taps;
    const std::int64_t index =
        ((((at.ts * pass.p + f) * grid_.r + at.i / grid_.R) * pass.q + tap % pass.q) * grid_.R + at.i % grid_.R) *
            grid_.S +
        tap / pass.q;
    return words(k).filters[static_cast<std::size_t>(index)];
  }
  Word ifmap(std::int64_t k, const IfmapProgram& at) override {
    if (!case_.values) return 1;
    const RowStationaryPass& pass = case_.context.pass(k);
    const std::int64_t index =
        (((at.image * grid_.r + at.rr) * pass.q + at.channel) * grid_.rows(pass.ev) + at.row) * width_of(grid_, pass) +
        at.column;
    return words(k).ifmap[static_cast<std::size_t>(index)];
  }
  Word psum(std::int64_t k, const PsumProgram& at, std::int64_t lane) override {
    if (!case_.values) return 0;
    const auto index = psum_index(k, at, lane);
    if (case_.psum_from_previous[static_cast<std::size_t>(k)]) return outputs[static_cast<std::size_t>(k - 1)][index];
    return words(k).psum_in[index];
  }
  void write_psum(std::int64_t k, const PsumProgram& at, std::int64_t lane, Word word) override {
    if (!case_.values) return;
    outputs.resize(case_.context.passes.size());
    auto& pass_outputs = outputs[static_cast<std::size_t>(k)];
    pass_outputs.resize(psum_size(grid_, case_.context.pass(k)));
    pass_outputs[psum_index(k, at, lane)] = word;
  }

  std::vector<std::vector<Word>> outputs;

 private:
  const RowStationaryCase::PassWords& words(std::int64_t k) const { return case_.words[static_cast<std::size_t>(k)]; }
  std::size_t psum_index(std::int64_t k, const PsumProgram& at, std::int64_t lane) const {
    const RowStationaryPass& pass = case_.context.pass(k);
    return static_cast<std::size_t>((((at.image * pass.Ft + at.x) * grid_.t + at.ts) * pass.ev + at.j) * pass.p +
                                    at.beat * 4 + lane);
  }

  const RowStationaryCase& case_;
  const RowStationaryGrid& grid_;
};

std::string checksum(const std::vector<Word>& words) {
  std::uint64_t h = 14695981039346656037U;
  for (const Word word : words) h = (h ^ static_cast<std::uint16_t>(word)) * 1099511628211U;
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(h));
  return text;
}

void compare_counts(const RowStationaryCase& c, const RowStationaryArray& array) {
  std::map<std::string, std::vector<std::int64_t>> found;
  for (std::int64_t pe = 0; pe < c.context.grid.pes(); ++pe) {
    const PeCounts counts = array.pe_counts(pe);
    EXPECT_EQ(counts.edges(), array.cycles()) << "PE " << pe;
    EXPECT_EQ(counts.wait_link, 0) << "PE " << pe;
    found["performed"].push_back(counts.performed);
    found["gated"].push_back(counts.gated);
    found["issued"].push_back(counts.performed + counts.gated);
    found["busy"].push_back(counts.busy);
    found["wait_filter"].push_back(counts.wait_filter);
    found["wait_ifmap"].push_back(counts.wait_ifmap);
    found["wait_psum"].push_back(counts.wait_psum);
    found["idle"].push_back(counts.idle);
  }
  for (const auto& [name, sum] : c.sums) {
    EXPECT_EQ(std::accumulate(found[name].begin(), found[name].end(), std::int64_t{0}), sum) << name;
  }
  for (const auto& [name, values] : c.per_pe) EXPECT_EQ(found[name], values) << name;
  EXPECT_EQ(array.ifmap_bus().stalls(), c.bus_stalls.at("ifmap"));
  EXPECT_EQ(array.psum_input_bus().stalls(), c.bus_stalls.at("gin"));
}

}  // namespace

std::vector<RowStationaryCase> row_stationary_cases(bool whole_layers) {
  std::ifstream file(LACUNA_SOURCE_DIR "/tests/vectors/row_stationary.json");
  const json document = json::parse(file);
  std::vector<RowStationaryCase> cases;
  for (const json& entry : document["cases"]) {
    const bool whole = entry["id"].get<std::string>().find("whole") != std::string::npos;
    if (whole == whole_layers) cases.push_back(read_case(entry));
  }
  return cases;
}

void run_clocked(const RowStationaryCase& test_case) {
  SimulationContext simulation;
  CaseMemory memory(test_case);
  Faults faults;
  const auto mac = Registry<MacDatapath>::instance().find("bit_parallel")->set_up({{0, 16, false}, {}});
  ClockedContext context = test_case.context;
  context.mac = mac.get();
  context.memory = &memory;
  context.faults = &faults;
  const RowStationaryArray* built = nullptr;
  CoreClock clock("clock", 200000, [&built] { return built->quiet(); });
  sc_core::sc_signal<bool> clk("clk");
  sc_core::sc_signal<std::uint32_t> allowed("allowed", static_cast<std::uint32_t>(context.passes.size()));
  RowStationaryArray array("array", context, clock, place(context.grid, context.grid.chain(), context.grid.columns()),
                           [] {});
  built = &array;
  clock.clk(clk);
  array.clk(clk);
  array.passes_allowed(allowed);
  sc_core::sc_start();

  for (const auto& [pass, edges] : test_case.start_end) {
    EXPECT_EQ(context.records[static_cast<std::size_t>(pass)].start, edges.first) << "start of pass " << pass;
    EXPECT_EQ(context.records[static_cast<std::size_t>(pass)].end, edges.second) << "end of pass " << pass;
  }
  ASSERT_EQ(array.cycles(), test_case.total_cycles) << array.state();
  compare_counts(test_case, array);
  for (std::size_t k = 0; k < test_case.output_checksum.size(); ++k) {
    EXPECT_EQ(checksum(memory.outputs[k]), test_case.output_checksum[k]) << "outputs of pass " << k;
  }
  EXPECT_TRUE(simulation.warnings().empty());
}

void run_recurrences(const RowStationaryCase& c) {
  const RowStationaryGrid& grid = c.context.grid;
  PassTimeline timeline(grid, c.context.units);
  std::map<std::string, std::vector<std::int64_t>> found;
  for (const char* name : {"issued", "busy", "wait_filter", "wait_ifmap", "wait_psum", "idle"}) {
    found[name].assign(static_cast<std::size_t>(grid.pes()), 0);
  }
  std::vector<std::int64_t> last_active(static_cast<std::size_t>(grid.e), -1);
  for (std::int64_t k = 0; k < c.context.pass_count(); ++k) {
    for (std::int64_t j = 0; j < c.context.pass(k).ev; ++j) last_active[static_cast<std::size_t>(j)] = k;
  }
  std::int64_t start = 0;
  std::int64_t delay = 0;
  std::int64_t end = 0;
  std::map<std::string, std::int64_t> stalls;
  for (std::int64_t k = 0; k < c.context.pass_count(); ++k) {
    const RowStationaryPass& pass = c.context.pass(k);
    const PassTiming& timing = timeline.next(pass, delay);
    end = start + timing.end;
    const auto edges = c.start_end.find(k);
    if (edges != c.start_end.end()) {
      EXPECT_EQ(start, edges->second.first) << "start of pass " << k;
      EXPECT_EQ(end, edges->second.second) << "end of pass " << k;
    }
    stalls["ifmap"] += timing.ifmap_stalls;
    stalls["gin"] += timing.psum_in_stalls;
    const bool last = k + 1 == c.context.pass_count();
    const bool barrier = c.context.units.overlap == PassOverlap::barrier;
    delay = last || barrier ? timing.end + 1 : timing.last_busy + 1;
    for (std::int64_t pe = 0; pe < grid.pes(); ++pe) {
      const auto index = static_cast<std::size_t>(pe);
      const std::int64_t j = pe % grid.e;
      const std::int64_t until = last_active[static_cast<std::size_t>(j)];
      std::int64_t tail = delay;
      if (j < pass.ev) {
        const PeTiming& unit = timing.pes[index];
        const std::int64_t taps = pass.q * grid.S * pass.Ft * pass.n;
        found["issued"][index] += taps * pass.p;
        found["busy"][index] += unit.last_busy + 1 - unit.wait_filter - unit.wait_ifmap - unit.wait_psum;
        found["wait_filter"][index] += unit.wait_filter;
        found["wait_ifmap"][index] += unit.wait_ifmap;
        found["wait_psum"][index] += unit.wait_psum;
        tail = delay - 1 - unit.last_busy;
      }
      found[k < until ? "wait_filter" : "idle"][index] += tail;
    }
    start += delay;
  }
  EXPECT_EQ(end + 1, c.total_cycles);
  for (const auto& [name, sum] : c.sums) {
    if (found.count(name) == 0) continue;
    EXPECT_EQ(std::accumulate(found[name].begin(), found[name].end(), std::int64_t{0}), sum) << name;
  }
  for (const auto& [name, values] : c.per_pe) {
    if (found.count(name) != 0) {
      EXPECT_EQ(found[name], values) << name;
    }
  }
  EXPECT_EQ(stalls, c.bus_stalls);
}

}  // namespace lacuna::test
