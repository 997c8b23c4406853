// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/weight_decoder.hpp"

#include <algorithm>

#include "hw/base/error.hpp"

namespace lacuna {

WeightDecoder::WeightDecoder(const sc_core::sc_module_name& name, WeightMemory& memory, const StreamFormat& format,
                             std::vector<Word> table, const WeightDecoderParameters& parameters)
    : sc_core::sc_module(name),
      memory_(memory),
      format_(format),
      table_(std::move(table)),
      parameters_(parameters),
      on_the_way_(static_cast<std::size_t>(parameters.latency_cycles), 0) {
  SC_HAS_PROCESS(WeightDecoder);
  SC_METHOD(on_edge);
  sensitive << clk.pos();
  dont_initialize();
}

void WeightDecoder::start() { started_.write(started_.read() + 1); }

Word WeightDecoder::take() {
  const Word weight = peek(0);
  drop(1);
  return weight;
}

Word WeightDecoder::peek(std::int64_t place) const {
  if (available() <= place) fail_run(std::string(name()) + ": a weight was taken when there was none");
  return fifo_[static_cast<std::size_t>(place)];
}

void WeightDecoder::drop(std::int64_t weights) {
  if (weights == 0) return;
  peek(weights - 1);
  fifo_.erase(fifo_.begin(), fifo_.begin() + weights);
  taken_ += weights;
  gone_.write(static_cast<std::uint32_t>(taken_));
}

void WeightDecoder::on_edge() {
  if (started_.read() != tiles_) {
    if (left_ > 0) fail_run(std::string(name()) + ": a tile was asked for before the one before was decoded");
    ++tiles_;
    stream_ = format_.codec->decoder(format_.parameters, memory_.values());
    next_row_ = 0;
    left_ = memory_.values();
  }
  if (left_ > 0) make_weights();
  on_the_way_.push_back(made_);
  visible_.write(static_cast<std::uint32_t>(on_the_way_.front()));
  on_the_way_.pop_front();
}

/// Whether a weight is out of the rows; reads up to `rows` more for it.
bool WeightDecoder::has_weight(std::int64_t& rows) {
  if (!next_.empty()) return true;
  for (; !stream_->has_value(); --rows) {
    if (next_row_ == memory_.rows()) fail_run(std::string(name()) + ": a stream ended before all its weights");
    if (rows == 0) return false;
    stream_->push(memory_.read(next_row_++));
  }
  next_.push_back(stream_->take_value());
  return true;
}

void WeightDecoder::make_weights() {
  // What was taken at this very edge frees its place for the next one.
  const std::int64_t room = parameters_.fifo_values - (made_ - static_cast<std::int64_t>(gone_.read()));
  std::int64_t rows = parameters_.rows_per_cycle;
  std::int64_t codes = parameters_.codes_per_cycle;
  for (std::int64_t left = std::min({parameters_.values_per_cycle, room, left_}); left > 0; --left) {
    if (!has_weight(rows)) return;
    const Word word = next_.front();
    if (word != 0 && codes-- == 0) return;
    next_.clear();
    fifo_.push_back(table_.empty() ? word : table_[static_cast<std::size_t>(word) % table_.size()]);
    ++made_;
    --left_;
    memory_.count({0, 0, word != 0 ? 1 : 0, 1});
  }
}

void WeightDecoder::trace(sc_core::sc_trace_file* file) const {
  sc_core::sc_trace(file, started_, started_.name());
  sc_core::sc_trace(file, visible_, visible_.name());
  sc_core::sc_trace(file, gone_, gone_.name());
}

}  // namespace lacuna
