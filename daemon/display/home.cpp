#include "daemon/change/translate.hpp"
#include "daemon/display/reports.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace tcpplexd {

namespace json = boost::json;

namespace {

std::string_view type_name(stack::interface_settings::kind type) {
    switch (type) {
        case stack::interface_settings::kind::device:
            return "device";
        case stack::interface_settings::kind::virtual_:
            return "virtual";
        case stack::interface_settings::kind::loopback:
            return "loopback";
        case stack::interface_settings::kind::xcf:
            return "xcf";
    }
    return "";
}

/// The name z/OS gives the link of an IPv4 DVIPA, VIPL and the address in hexadecimal; the
/// interface of an IPv6 one has its name from the profile, unless another stack's profile defines
/// it.
std::string link_name(display_subject const& subject, stack::address const& dvipa) {
    if (dvipa.is_v4()) return fmt::format("VIPL{:08X}", dvipa.to_v4());
    auto const host = to_parser(dvipa);
    if (auto const* defined = subject.configuration.find_dvipa(host)) return defined->interface;
    if (auto const* range = subject.configuration.find_range(host)) return range->interface;
    return dvipa.to_string();
}

}  // namespace

json::object home_document(display_subject const& subject, display_filter const& filter) {
    json::array home;
    bool primary_named = false;
    auto const wanted = [&](stack::address const& host) {
        return !filter.host || *filter.host == host;
    };
    for (auto const& each : subject.settings.interfaces) {
        json::array flags;
        // The primary interface is the first IPv4 one in the HOME list (IP Configuration Reference,
        // HOME).
        bool const may_be_primary =
            each.host.is_v4() && (each.type == stack::interface_settings::kind::device ||
                                  each.type == stack::interface_settings::kind::virtual_);
        if (may_be_primary && !primary_named) {
            flags.emplace_back("Primary");
            primary_named = true;
        }
        if (!wanted(each.host)) continue;
        home.push_back(json::object{{"name", each.name},
                                    {"address", each.host.to_string()},
                                    {"prefixLength", each.prefix_length},
                                    {"type", type_name(each.type)},
                                    {"flags", std::move(flags)},
                                    {"active", each.active}});
    }
    for (auto const& each : subject.settings.dvipas) {
        if (!wanted(each.host)) continue;
        json::array flags;
        if (each.part != stack::dvipa_settings::role::owner) flags.emplace_back("Internal");
        home.push_back(json::object{{"name", link_name(subject, each.host)},
                                    {"address", each.host.to_string()},
                                    {"prefixLength", each.prefix_length},
                                    {"type", "dvipa"},
                                    {"flags", std::move(flags)},
                                    {"active", true}});
    }
    auto result = document(subject, "home");
    put_rows(result, "home", std::move(home), filter);
    return result;
}

}  // namespace tcpplexd
