// The screens of the reports: one function each, from the document's members to lines.
#pragma once

#include "operator/report/document.hpp"
#include "operator/report/screen.hpp"

#include <optional>

namespace operators {

/// A layout asked for with FORMAT=; nothing: LONG exactly if an IPv6 address occurs.
using wanted_layout = std::optional<layout>;

screen connections_screen(app::json_members& document, wanted_layout wanted);
screen connection_details_screen(app::json_members& document, wanted_layout wanted);
screen statistics_screen(app::json_members& document, wanted_layout wanted);
screen home_screen(app::json_members& document, wanted_layout wanted);
screen dvipa_configuration_screen(app::json_members& document, wanted_layout wanted);
screen dvipa_state_screen(app::json_members& document, wanted_layout wanted);
screen routing_table_screen(app::json_members& document, wanted_layout wanted);
screen destination_port_screen(app::json_members& document, wanted_layout wanted);

/// These have one layout.
screen facility_screen(app::json_members& document);
screen facility_trace_screen(app::json_members& document);
screen facility_structure_screen(app::json_members& document);
screen facility_connectors_screen(app::json_members& document);
screen facility_locks_screen(app::json_members& document);
screen facility_verify_screen(app::json_members& document);
screen explanation_screen(app::json_members& document);
screen configuration_screen(app::json_members& document);
screen history_screen(app::json_members& document);
screen group_screen(app::json_members& document);
screen explicit_bind_screen(app::json_members& document);
screen sysplex_dvipa_screen(app::json_members& document);

/// "DVIPA: 10.1.9.9", or the name of the pool that is :: in the coupling facility.
std::string shared_name(std::string const& address);
/// A line for each DVIPA that could not be looked into: the document's `problems`.
void put_problems(screen& to, app::json_members& document);

/// `wanted`, or what `any_ipv6` asks for.
layout choose(wanted_layout wanted, bool any_ipv6);

}  // namespace operators
