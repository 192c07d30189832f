// Why the facility did not do what it was asked.
#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <vector>

namespace cf {

/// What a caller has to tell apart. Everything else is in the text.
enum class error {
    exhausted,   ///< no port of the range is free (EADDRNOTAVAIL)
    in_use,      ///< the port named is taken (EADDRINUSE)
    busy,        ///< another stack has the structures locked; only from `try_once`
    enabling,    ///< sharing is being switched on, or this stack has not back-filled yet: ask again
                 ///< later
    not_shared,  ///< the DVIPA is OFF or DRAINING: its ports are not given out by the facility
    unavailable,  ///< the facility cannot answer (EADDRNOTAVAIL)
    full,         ///< HASHTABLE: no space for another connection (EADDRNOTAVAIL)
    disagree,     ///< the DVIPA is shared with another form or grain (EADDRNOTAVAIL)
};

/// A refusal. `text` is a whole sentence for a message or a log: what, where, who, and what to do.
struct failure {
    error code = error::unavailable;
    std::string text;
    std::vector<std::string> holders{};  ///< in_use: the stacks that hold or serve the port
    bool service_port =
        false;  ///< in_use: only as a service port; a bind that will listen calls serve()
};

template <class T = void>
using result = boost::system::result<T, failure>;

/// What result::value() throws where nobody looked at the failure.
[[noreturn]] void throw_exception_from_error(failure const& what,
                                             boost::source_location const& where);

}  // namespace cf
