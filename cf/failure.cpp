#include "cf/failure.hpp"

#include <stdexcept>

namespace cf {

void throw_exception_from_error(failure const& what, boost::source_location const&) {
    throw std::runtime_error(what.text);
}

}  // namespace cf
