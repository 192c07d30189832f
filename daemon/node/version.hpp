// What this program calls itself.
#pragma once

namespace tcpplexd {

/// TCPPLEX_VERSION is the project's version in CMakeLists.txt.
inline constexpr char const* version = TCPPLEX_VERSION;

}  // namespace tcpplexd
