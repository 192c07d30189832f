// How the screens abbreviate VIPADISTRIBUTE's distribution methods.
#pragma once

#include "operator/report/columns.hpp"

#include <string>

namespace operators {

/// BASEWLM is B, SERVERWLM S, ROUNDROBIN R, WEIGHTEDACTIVE W, HOTSTANDBY H.
inline std::string method_letter(std::string const& method) {
    return upper_case(method.substr(0, 1));
}

/// As the LONG layouts spell it.
inline std::string method_word(std::string const& method) {
    std::string const name = upper_case(method);
    if (name == "BASEWLM") return "BaseWLM";
    if (name == "SERVERWLM") return "ServerWLM";
    if (name == "ROUNDROBIN") return "Roundrobin";
    if (name == "WEIGHTEDACTIVE") return "WeightedActive";
    if (name == "HOTSTANDBY") return "HotStandby";
    return method;
}

}  // namespace operators
