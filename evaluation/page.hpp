#pragma once

#include "evaluation/reports.hpp"

#include <string>

namespace faceward::evaluation {

/// A report as one HTML file that needs no other and asks nobody for anything: tables, and charts
/// that Observable Plot draws as SVG. The report itself is inside.
std::string page_of(const Report& report);

}  // namespace faceward::evaluation
