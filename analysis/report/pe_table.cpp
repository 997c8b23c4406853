// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/pe_table.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "analysis/json_file.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr std::string_view kStart = "layer,row,column,macs_performed,macs_gated,macs_filler,";
constexpr std::string_view kEnd = ",idle_cycles";
constexpr std::int64_t kLargestArraySide = 1 << 20;

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t comma = line.find(',');
    cells.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

/// One line of numbers after the name of the layer.
class Line {
 public:
  Line(std::string_view line, std::string where) : cells_(cells_of(line)), where_(std::move(where)) {}
  std::size_t size() const { return cells_.size(); }
  std::string_view cell(std::size_t i) const { return cells_[i]; }
  std::int64_t integer(std::size_t i) const {
    const std::string_view text = cells_[i];
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) {
      fail("found '" + std::string(text) + "'; allowed a whole number, 0 or more");
    }
    return value;
  }
  double number(std::size_t i) const { return static_cast<double>(integer(i)); }
  int side(std::size_t i) const {
    const std::int64_t value = integer(i);
    if (value >= kLargestArraySide) fail("found PE " + std::to_string(value) + "; allowed less than 1048576");
    return static_cast<int>(value);
  }
  [[noreturn]] void fail(const std::string& problem) const { fail_input(where_ + ": " + problem); }

 private:
  std::vector<std::string_view> cells_;
  std::string where_;
};

PeRow read_row(const Line& line) {
  PeRow pe;
  pe.row = line.side(1);
  pe.column = line.side(2);
  pe.performed = line.number(3);
  pe.gated = line.number(4);
  pe.filler = line.number(5);
  for (std::size_t i = 6; i + 1 < line.size(); ++i) {
    if (!line.cell(i).empty()) pe.stalled += line.number(i);  // a cause that this layer does not have
  }
  pe.idle = line.number(line.size() - 1);
  return pe;
}

}  // namespace

const PeLayer* PeTable::find(const std::string& name) const {
  const auto found = std::find_if(layers.begin(), layers.end(), [&](const PeLayer& l) { return l.name == name; });
  return found == layers.end() ? nullptr : &*found;
}

PeTable read_pe_table(const std::string& file) {
  const std::string text = read_text(file);
  std::string_view rest = text;
  PeTable table;
  std::size_t columns = 0;
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    const std::string_view content = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const Line line(content, file + ":" + std::to_string(number));
    if (number == 1) {
      const bool sound = content.substr(0, kStart.size()) == kStart && content.size() > kStart.size() + kEnd.size() &&
                         content.substr(content.size() - kEnd.size()) == kEnd;
      if (!sound) line.fail("is no pes.csv: allowed a header of '" + std::string(kStart) + "...idle_cycles'");
      columns = line.size();
      continue;
    }
    if (line.size() != columns) {
      line.fail("found " + std::to_string(line.size()) + " cells; allowed " + std::to_string(columns));
    }
    if (table.layers.empty() || table.layers.back().name != line.cell(0)) {
      table.layers.push_back({std::string(line.cell(0)), {}});
    }
    table.layers.back().rows.push_back(read_row(line));
    table.rows = std::max(table.rows, table.layers.back().rows.back().row + 1);
    table.columns = std::max(table.columns, table.layers.back().rows.back().column + 1);
  }
  if (columns == 0) fail_input(file + ": is empty");
  return table;
}

}  // namespace lacuna
