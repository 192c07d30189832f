// What a change of configuration means for the connections that there are and for the group.
#pragma once

#include "daemon/display/subject.hpp"
#include "parser/difference.hpp"
#include "stack/shard/settings.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace tcpplexd {

/// A difference, and what it does to this stack as it is now.
struct impact {
    std::string text;          ///< lines, each with its end
    boost::json::object plan;  ///< of app::obeyed
};

/// `next` are the settings after the change; of them the DVIPAs say who has which.
impact impact_of(parser::difference const& all, display_subject const& now,
                 stack::settings const& next);

}  // namespace tcpplexd
