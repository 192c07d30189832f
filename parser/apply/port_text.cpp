#include "parser/apply/port_text.hpp"

#include <fmt/format.h>

namespace parser {

char const* to_string(port_protocol protocol) {
    return protocol == port_protocol::tcp ? "TCP" : "UDP";
}

std::string name_of(port_statement const& wanted) {
    return fmt::format("port {} {}", wanted.port.value, to_string(wanted.protocol));
}

std::string name_of(port_protocol protocol, port_range ports) {
    return fmt::format("PORTRANGE {} {} {}", ports.first, ports.last - ports.first + 1,
                       to_string(protocol));
}

std::string name_of(
    std::pair<std::pair<port_protocol, std::uint16_t> const, range_user> const& range) {
    return name_of(range.first.first, {range.first.second, range.second.last});
}

std::string given_to(std::optional<std::string> const& job) {
    return job ? "given to " + *job : "reserved";
}

}  // namespace parser
