// The documents behind the displays: one function a report.
#pragma once

#include "daemon/display/subject.hpp"

#include <boost/json/object.hpp>

#include <string_view>

namespace tcpplexd {

/// TCP connections and listeners: all of them, or without TIME-WAIT.
boost::json::object connections_document(display_subject const& subject,
                                         display_filter const& filter, bool all);
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
boost::json::object group_document(display_subject const& subject);
/// Every stack's part in each DVIPA.
boost::json::object sysplex_vipa_document(display_subject const& subject,
                                          display_filter const& filter);

/// The document of `report` as named in a request ("conn", "vcrt", ...); empty if there is no such
/// report.
boost::json::object display(display_subject const& subject, std::string_view report,
                            display_filter const& filter);

}  // namespace tcpplexd
