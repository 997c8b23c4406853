// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/array_model.hpp"
#include "hw/array/tiled_schedule.hpp"

namespace lacuna {

/// All products of the box of a pass.
inline Products products_of(const TiledPass& pass) {
  return {pass.ofmap_tile, pass.filter, pass.filters, pass.tap, pass.taps, pass.pixel, pass.pixels};
}

/// Those of the decoder, where filters come from one: timing parameters have them in any case.
inline WeightDecoderParameters decoding_of(const ArraySetup& setup) {
  return setup.decoding != nullptr ? *setup.decoding : WeightDecoderParameters();
}

/// When all filters of a pass are there that begins: at once where they do not come through a tile store.
inline TileArrival arrival_of(const TiledPass& pass, const TileStoreTiming& store, EventTileWriter* writer) {
  return writer != nullptr ? writer->begin(store, pass.filter_tile, pass.taps * pass.filters) : TileArrival();
}

}  // namespace lacuna
