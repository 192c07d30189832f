// What the NETSTAT reports that are one list of rows have in common.
#pragma once

#include "operator/report/document.hpp"
#include "operator/report/reports.hpp"
#include "operator/report/screen.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace operators {

template <typename Row>
struct row_report {
    std::string_view list;   ///< the document's member with the rows
    std::string_view title;  ///< the first line; empty: none
    Row (*take)(app::json_members&);
    bool (*has_ipv6)(Row const&);  ///< such a row does not fit into short lines
    void (*put_short)(screen&, std::vector<Row> const&);
    void (*put_long)(screen&, std::vector<Row> const&);
};

template <typename Row>
screen row_screen(app::json_members& document, wanted_layout wanted,
                  row_report<Row> const& report) {
    auto const rows = take_list(document, report.list, report.take);
    screen result;
    result.shape = choose(wanted, std::ranges::any_of(rows, report.has_ipv6));
    if (!report.title.empty()) result.put(std::string(report.title));
    result.shape == layout::long_lines ? report.put_long(result, rows)
                                       : report.put_short(result, rows);
    result.shown = rows.size();
    result.total = take_total(document, rows.size());
    return result;
}

}  // namespace operators
