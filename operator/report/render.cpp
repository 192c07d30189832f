// Which screen shows which document.
#include "operator/report/render.hpp"

#include <array>
#include <cerrno>
#include <string_view>

namespace operators {

namespace {

using netstat_screen = screen (*)(app::json_members&, wanted_layout);
using display_screen = screen (*)(app::json_members&);

struct report_entry {
    std::string_view schema;
    netstat_screen netstat;
    display_screen display;
};

constexpr std::array<report_entry, 21> reports{{
    {"tcpplex/conn/1", connections_screen, nullptr},
    {"tcpplex/allconn/1", connections_screen, nullptr},
    {"tcpplex/all/1", connection_details_screen, nullptr},
    {"tcpplex/home/1", home_screen, nullptr},
    {"tcpplex/stats/1", statistics_screen, nullptr},
    {"tcpplex/vipadcfg/1", dvipa_configuration_screen, nullptr},
    {"tcpplex/vipadyn/1", dvipa_state_screen, nullptr},
    {"tcpplex/vcrt/1", routing_table_screen, nullptr},
    {"tcpplex/vdpt/1", destination_port_screen, nullptr},
    {"tcpplex/cf-ports/1", nullptr, facility_screen},
    {"tcpplex/cf-trace/1", nullptr, facility_trace_screen},
    {"tcpplex/cf-structure/1", nullptr, facility_structure_screen},
    {"tcpplex/cf-connectors/1", nullptr, facility_connectors_screen},
    {"tcpplex/cf-locks/1", nullptr, facility_locks_screen},
    {"tcpplex/cf-verify/1", nullptr, facility_verify_screen},
    {"tcpplex/explain/1", nullptr, explanation_screen},
    {"tcpplex/config/1", nullptr, configuration_screen},
    {"tcpplex/history/1", nullptr, history_screen},
    {"tcpplex/sysplex-group/1", nullptr, group_screen},
    {"tcpplex/sysplex-ports/1", nullptr, explicit_bind_screen},
    {"tcpplex/sysplex-vipadyn/1", nullptr, sysplex_dvipa_screen},
}};

app::result<std::string> screen_text(report_entry const& report, app::json_members& document,
                                     document_heading const& heading, rendering const& how) {
    if (report.display != nullptr) return display_text(report.display(document), how.form);
    // Two passes where FORMAT SHORT is wanted: the document alone knows whether IPv6 occurs.
    bool const wants_short = how.wanted == layout::short_lines;
    if (wants_short && report.netstat(document, std::nullopt).shape == layout::long_lines)
        return app::error{EINVAL,
                          "EZZ2383I FORMAT SHORT cannot show IPv6 addresses; leave FORMAT out"};
    return netstat_text(report.netstat(document, how.wanted), heading, how.form);
}

}  // namespace

layout choose(wanted_layout wanted, bool any_ipv6) {
    return wanted.value_or(any_ipv6 ? layout::long_lines : layout::short_lines);
}

app::result<std::string> render(boost::json::object const& document, rendering const& how) {
    if (how.json) return indented(document);
    auto members = open_document(document);
    auto const heading = take_heading(members);
    for (auto const& report : reports) {
        if (report.schema != heading.schema) continue;
        auto text = screen_text(report, members, heading, how);
        if (auto const read = members.finish(); read.has_error())
            return app::error{EPROTO, heading.schema + " document: " + read.error().message};
        return text;
    }
    return app::error{EPROTO, "the daemon answered with a document of schema \"" + heading.schema +
                                  "\", which this tcpplex does not know; --json shows it"};
}

}  // namespace operators
