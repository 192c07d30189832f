// What a step returns: the caller adds names and text to a refusal.
#pragma once

#include "cf/failure.hpp"

#include <boost/system/result.hpp>

namespace cf::step {

template <class T = void>
using outcome = boost::system::result<T, error>;

}  // namespace cf::step
