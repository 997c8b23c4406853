// SPDX-License-Identifier: Apache-2.0
#include "analysis/published_losses.hpp"

#include <algorithm>

#include "analysis/grid.hpp"

namespace lacuna {

const PublishedLoss* PublishedLosses::of(const std::string& precision) const {
  for (const PublishedLoss& row : rows) {
    if (std::find(row.precisions.begin(), row.precisions.end(), precision) != row.precisions.end()) return &row;
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
    row.allow_keys({"method", "precisions", "weight_bits", "activation_bits", "top5_loss_percent"});
    PublishedLoss loss;
    loss.method = row.at("method").text();
    loss.weight_bits = row.at("weight_bits").text();
    loss.activation_bits = row.at("activation_bits").text();
    loss.top5_loss_percent = row.at("top5_loss_percent").number();
    for (const JsonPlace& precision : row.at("precisions").items()) {
      if (losses.of(precision.text()) != nullptr) {
        precision.fail("a second row, found '" + precision.text() + "'; allowed one row a precision");
      }
      loss.precisions.push_back(precision.text());
    }
    losses.rows.push_back(std::move(loss));
  }
  return losses;
}

std::string losses_markdown(const PublishedLosses& losses) {
  Grid grid;
  grid.columns = {{"method", "", false},
                  {"precisions", "", false},
                  {"weight bits", "", false},
                  {"activation bits", "", false},
                  {"published"}};
  for (const PublishedLoss& row : losses.rows) {
    std::string precisions;
    for (const std::string& precision : row.precisions)
      precisions += (precisions.empty() ? "`" : ", `") + precision + "`";
    grid.rows.push_back({GridCell::of(row.method), GridCell::of(precisions), GridCell::of(row.weight_bits),
                         GridCell::of(row.activation_bits), GridCell::of(row.top5_loss_percent)});
  }
  return markdown_of(grid);
}

}  // namespace lacuna
