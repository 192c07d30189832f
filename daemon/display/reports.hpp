// The documents behind the displays: one function a report.
#pragma once

#include "daemon/display/subject.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string_view>

namespace tcpplexd {

/// `active` are without TIME-WAIT; `detailed` are all of them, with what there is to tell.
enum class listing : std::uint8_t { active, all, detailed };
/// TCP connections and listeners, and UDP sockets.
boost::json::object connections_document(display_subject const& subject,
                                         display_filter const& filter, listing which);
/// The counters of all shards added up; filter.protocol alone, if it is set.
boost::json::object statistics_document(display_subject const& subject,
                                        display_filter const& filter);
boost::json::object home_document(display_subject const& subject, display_filter const& filter);
boost::json::object vipa_configuration_document(display_subject const& subject,
                                                display_filter const& filter);
boost::json::object vipa_state_document(display_subject const& subject,
                                        display_filter const& filter);
boost::json::object routing_table_document(display_subject const& subject,
                                           display_filter const& filter);
boost::json::object destination_table_document(display_subject const& subject,
                                               display_filter const& filter);
/// The coupling facility's view of each shared DVIPA, or of filter.host alone.
boost::json::object facility_ports_document(display_subject const& subject,
                                            display_filter const& filter);
/// What the stacks did lately: the newest filter.max operations, oldest first.
boost::json::object facility_trace_document(display_subject const& subject,
                                            display_filter const& filter);
/// The structures of each DVIPA, with the ports of each stack.
boost::json::object facility_structure_document(display_subject const& subject,
                                                display_filter const& filter);
/// The stacks connected to the facility.
boost::json::object facility_connectors_document(display_subject const& subject);
/// The lock of each DVIPA.
boost::json::object facility_locks_document(display_subject const& subject,
                                            display_filter const& filter);
/// Checks the structures now.
boost::json::object facility_verify_document(display_subject const& subject,
                                             display_filter const& filter);
/// Who owns the 4-tuple of filter.host and filter.port, and filter.foreign.
boost::json::object explain_document(display_subject const& subject, display_filter const& filter);
boost::json::object group_document(display_subject const& subject);
/// EXPLICITBINDPORTRANGE as this stack's profile has it, and as it is in effect; no
/// member for what there is not.
boost::json::object explicit_bind_document(display_subject const& subject);
/// Every stack's part in each DVIPA.
boost::json::object sysplex_vipa_document(display_subject const& subject,
                                          display_filter const& filter);

/// The document of `report` as named in a request ("conn", "vcrt", ...); empty if there is no such
/// report.
boost::json::object display(display_subject const& subject, std::string_view report,
                            display_filter const& filter);

}  // namespace tcpplexd
