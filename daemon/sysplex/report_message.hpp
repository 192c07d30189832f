// What a target tells the owners of its DVIPAs about its ability to take connections.
#pragma once

#include "stack/shard/target_report.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace tcpplexd {

/// Of a report's services; those beyond it are not told of and count as well.
constexpr std::size_t most_reported_services = 1024;

std::string to_json(stack::target_report const& report);
/// Another stack's message: checked like any input. The error says which member is missing or
/// wrong.
boost::system::result<stack::target_report, std::string> report_from_json(std::string_view text);

}  // namespace tcpplexd
