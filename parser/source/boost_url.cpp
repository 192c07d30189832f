// Boost.URL, compiled here: the package of its library is not among the dependencies, its sources
// come with Boost's headers.
#include <boost/url/src.hpp>
