// What became of a batch of connections.
#pragma once

#include "app/error.hpp"
#include "app/message/endpoint.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace operators {

struct connect_summary {
    std::size_t connected = 0;
    std::size_t echoed = 0;
    std::map<std::string, std::size_t> failed;  ///< by errno's symbol
    std::vector<app::endpoint> local;           ///< of the connections made, in the order they came

    void fail(int code) { ++failed[app::error_name(code)]; }
    std::size_t failures() const;
    /// {"connected":N,"echoed":N,"failed":{"EADDRNOTAVAIL":k},"local":[{"address","port"}...]} on
    /// one line.
    std::string json() const;
    /// The same for people, without the list.
    std::string text() const;
};

}  // namespace operators
