// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/report/chart.hpp"

namespace lacuna {

/// A figure that stands at the top of a page: "29,842" "images/s".
struct KeyFigure {
  std::string name;
  std::string value;
  std::string detail = {};  ///< range, share, ...
};

/// A heading and what is below it.
struct PageSection {
  std::string id;
  std::string title;
  std::string html;
};

/// A report before it is text.
struct Page {
  std::string title;
  std::string subtitle;
  std::vector<std::string> notices;  ///< what every reader must know, shown before any figure
  std::vector<KeyFigure> key_figures;
  std::vector<DrawnChart> charts;
  std::vector<PageSection> sections;  ///< tables and provenance, below the charts
};

/// The page as one HTML file that needs nothing else: style, scripts, the chart library and all data are inside, and a
/// content security policy forbids it to load anything. `folder` has page/ and vega/. Throws Error (bad_input) where
/// one of their files is missing.
std::string page_html(const Page& page, const std::string& folder);

}  // namespace lacuna
