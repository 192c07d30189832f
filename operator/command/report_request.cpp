// From a report and its options, as typed, to the request for the daemon.
#include "operator/command/netstat.hpp"

#include <cerrno>
#include <charconv>

namespace operators {

namespace {

using parser::command::filter_key;

app::result<void> put_filter(app::display_request& asked,
                             parser::command::report_filter const& filter) {
    if (filter.values.size() != 1)
        return app::error{EINVAL, "a filter takes one value here; ask once for each"};
    std::string const& value = filter.values.front();
    if (filter.key == filter_key::client) asked.client = value;
    if (filter.key == filter_key::ip_address) asked.address = value;
    if (filter.key == filter_key::protocol) asked.protocol = value;
    std::string_view port =
        filter.key == filter_key::port ? std::string_view(value) : std::string_view();
    if (filter.key == filter_key::ip_port) {
        auto const plus = value.find_last_of("+");
        asked.address = value.substr(0, plus);
        port = plus == std::string::npos ? std::string_view()
                                         : std::string_view(value).substr(plus + 1);
    }
    if (filter.key != filter_key::port && filter.key != filter_key::ip_port) return {};
    std::uint16_t number = 0;
    auto const [end, failure] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (failure != std::errc() || end != port.data() + port.size())
        return app::error{EINVAL, "\"" + value + "\" is not a port"};
    asked.port = number;
    return {};
}

char const* name_of(parser::command::report_id which) {
    using parser::command::report_id;
    switch (which) {
        case report_id::conn:
            return "conn";
        case report_id::allconn:
            return "allconn";
        case report_id::all:
            return "all";
        case report_id::home:
            return "home";
        case report_id::stats:
            return "stats";
        case report_id::vipadcfg:
            return "vipadcfg";
        case report_id::vipadyn:
            return "vipadyn";
        case report_id::vcrt:
            return "vcrt";
        case report_id::vdpt:
            return "vdpt";
    }
    return "";
}

}  // namespace

app::result<app::display_request> report_request(parser::command::report_id which,
                                                 parser::command::report_options const& options) {
    app::display_request asked{name_of(which)};
    if (!options.modifier.empty())
        return app::error{
            EINVAL, "the modifier " + options.modifier + " is not supported yet; leave it out"};
    if (options.filter)
        if (auto const put = put_filter(asked, *options.filter); put.has_error())
            return put.error();
    if (options.max && *options.max != parser::command::all_records) asked.max = *options.max;
    return asked;
}

wanted_layout layout_of(parser::command::report_options const& options) {
    if (!options.format) return std::nullopt;
    return *options.format == parser::command::report_format::long_ ? layout::long_lines
                                                                    : layout::short_lines;
}

}  // namespace operators
