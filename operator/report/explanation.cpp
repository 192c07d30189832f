// EXPLAIN: who owns a 4-tuple, why, since when, which way its packets go.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"

namespace operators {

screen explanation_screen(app::json_members& document) {
    auto const local = take_socket(document, "local");
    auto const foreign = take_socket(document, "foreign");
    auto const owner = document.text("owner");
    auto const table = document.text("table");
    auto const why = document.text("why");
    auto const since = document.text_or_empty("since");
    auto const way = document.text("way");
    screen result;
    result.counted = false;
    result.put("Local socket:   " + local.text());
    result.put("Foreign socket: " + foreign.text());
    result.put("Owner: " + (owner.empty() ? "nobody" : owner));
    result.put("Known from: " + table);
    result.put("Why: " + why);
    if (!since.empty()) result.put("Since: " + zos_time(since));
    result.put("Packets: " + way);
    return result;
}

}  // namespace operators
