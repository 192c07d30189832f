#include "parser/print/entries.hpp"

namespace parser {

namespace {

bool same_interfaces(configuration const& a, configuration const& b) {
    return a.devices == b.devices && a.links == b.links && a.interfaces == b.interfaces;
}

bool same_ip(configuration const& a, configuration const& b) {
    return a.ip == b.ip && a.ip6 == b.ip6 && a.primary_interface == b.primary_interface;
}

bool same_dvipas(configuration const& a, configuration const& b) {
    return a.dvipas == b.dvipas && a.ranges == b.ranges && a.vipa_routes == b.vipa_routes;
}

/// For parts that are one member.
template <auto Member>
bool same(configuration const& a, configuration const& b) {
    return a.*Member == b.*Member;
}

constexpr part all[] = {
    {{}, {}, same_interfaces, write_interfaces},
    {{}, {}, same_ip, write_ip},
    {{}, {}, same<&configuration::tcp>, write_tcp},
    {{}, {}, same<&configuration::udp>, write_udp},
    {{}, {}, same<&configuration::ports>, write_reservations},
    {"SRCIP", "ENDSRCIP", same<&configuration::sources>, write_sources},
    {{}, {}, same<&configuration::global>, write_global},
    {"BEGINROUTES", "ENDROUTES", same<&configuration::routes>, write_routes},
    {"VIPADYNAMIC", "ENDVIPADYNAMIC", same_dvipas, write_dvipas},
    {{}, {}, same_interfaces, write_starts},
};

}  // namespace

std::span<part const> parts() {
    return all;
}

std::string to_profile(configuration const& running) {
    std::string out;
    entries written;
    for (auto const& each : parts()) {
        written.clear();
        each.write(written, running);
        if (written.empty()) continue;
        char const* const indent = each.begin.empty() ? "" : "  ";
        if (!each.begin.empty()) out.append(each.begin) += '\n';
        for (auto const& statement : written)
            out.append(indent).append(statement.text) += '\n';
        if (!each.end.empty()) out.append(each.end) += '\n';
    }
    return out;
}

}  // namespace parser
