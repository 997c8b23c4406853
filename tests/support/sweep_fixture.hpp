// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lacuna {

struct RunResult;

/// A sweep over the rows (1 ..) and columns (1 ..) of an array and over what it gates on ("activation", "none"), whose
/// points were not simulated: more PEs take more energy and less time, gating saves energy.
struct SweepFixture {
  int rows = 10;
  int columns = 10;
  int refused = 0;              ///< points in the middle of the plan
  int missing = 0;              ///< points at the end of the plan
  std::string constraint = {};  ///< SQL; "" = none
};

/// How a point of a made-up sweep ends.
enum class FixtureEnd { ok, refused, missing };

/// Writes the result of a point, given by its place in the plan and by the places of its values on their axes.
using PointWriter = std::function<FixtureEnd(std::size_t, const std::vector<std::uint32_t>&, RunResult&)>;

/// Makes the database of a sweep whose file has this text, by the writer that lacuna sweep has.
void make_sweep_database(const std::string& file, const std::string& sweep_text, const PointWriter& write);

/// The same of the sweep of the fixture.
void make_sweep_database(const std::string& file, const SweepFixture& fixture);

/// Changes a database behind the program's back.
void change_database(const std::string& file, const std::string& sql);

/// The positions in its view of the front, in ascending order.
std::vector<std::int64_t> front_of_database(const std::string& file);

/// The text of a sweep of the network "tiny" on Eyeriss that is simulated in milliseconds a point. `rest` are its axes,
/// objectives and so on, from the first key to the last brace.
std::string small_sweep(const std::string& rest);

/// Figures of a point, as the database has them.
double fixture_energy_pj(int rows, int columns, bool gated);
double fixture_ms(int rows, int columns);

}  // namespace lacuna
