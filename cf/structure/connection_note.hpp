// What happened to a connection, for the table of form HASHTABLE.
#pragma once

#include "cf/structure/table_entry.hpp"

namespace cf {

struct connection_note {
    table_entry entry;
    bool inbound = false;
    bool ended = false;
};

}  // namespace cf
