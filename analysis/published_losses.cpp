// SPDX-License-Identifier: Apache-2.0
#include "analysis/published_losses.hpp"

#include "analysis/grid.hpp"

namespace lacuna {

const PublishedLoss* PublishedLosses::of(const std::string& precision) const {
  for (const PublishedLoss& row : rows) {
    if (row.precision == precision) return &row;
  }
  return nullptr;
}

PublishedLosses published_losses(const JsonPlace& place, const std::string& citation) {
  place.allow_keys({"title", "source", "verified", "confirmed_by", "network", "rows"});
  PublishedLosses losses;
  losses.citation = citation;
  losses.title = place.at("title").text();
  losses.source = place.at("source").text();
  losses.verified = place.at("verified").flag();
  losses.confirmed_by = place.at("confirmed_by").text();
  losses.network = place.at("network").text();
  for (const JsonPlace& row : place.at("rows").items()) {
    row.allow_keys({"method", "precision", "weight_bits", "activation_bits", "top5_loss_percent"});
    const std::string precision = row.at("precision").text();
    if (losses.of(precision) != nullptr) {
      row.at("precision").fail("a second row, found '" + precision + "'; allowed one row a precision");
    }
    losses.rows.push_back({row.at("method").text(), precision, row.at("weight_bits").text(),
                           row.at("activation_bits").text(), row.at("top5_loss_percent").number()});
  }
  return losses;
}

std::string losses_markdown(const PublishedLosses& losses) {
  Grid grid;
  grid.columns = {{"method", "", false},
                  {"precision", "", false},
                  {"weight bits", "", false},
                  {"activation bits", "", false},
                  {"published"}};
  for (const PublishedLoss& row : losses.rows) {
    grid.rows.push_back({GridCell::of(row.method), GridCell::of("`" + row.precision + "`"),
                         GridCell::of(row.weight_bits), GridCell::of(row.activation_bits),
                         GridCell::of(row.top5_loss_percent)});
  }
  return markdown_of(grid);
}

}  // namespace lacuna
