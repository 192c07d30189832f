// What the displays of the coupling facility have in common.
#pragma once

#include "daemon/display/reports.hpp"
#include "daemon/sysplex/port_bridge.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <vector>

namespace tcpplexd {

/// The DVIPAs of the facility that the filter wants, and whose ports were shared at any time: of
/// others it only knows the owner.
std::vector<cf::dvipa> wanted_dvipas(display_subject const& subject, display_filter const& filter);
/// The name of the stack in the slot; empty if there is none. `incarnation` 0: any.
std::string stack_in(std::vector<cf::member> const& members, std::uint16_t slot,
                     std::uint32_t incarnation = 0);
/// Wall-clock time, to the millisecond, of a cf::trace::now() of this boot; empty for 0.
std::string time_of(std::uint64_t trace_time);

}  // namespace tcpplexd
