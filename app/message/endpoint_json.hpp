// The JSON form of an endpoint, used by requests and replies.
#pragma once

#include "app/json_members.hpp"
#include "app/message/endpoint.hpp"

#include <boost/json/object.hpp>

namespace app {

/// Leaves out an empty address and a port of 0.
boost::json::object endpoint_json(endpoint const& named);
/// Reads the required object `name`; either of its members may be missing.
endpoint take_endpoint(json_members& members, std::string_view name);
/// The same for an object that may be missing.
endpoint take_optional_endpoint(json_members& members, std::string_view name);

}  // namespace app
