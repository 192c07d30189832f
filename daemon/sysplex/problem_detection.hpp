// GLOBALCONFIG SYSPLEXMONITOR: a stack watches itself, and leaves the group when it can do nothing
// for it.
#pragma once

#include "cf/threads.hpp"
#include "parser/configuration.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tcpplexd {

/// What a look at the stack has found.
struct sysplex_health {
    bool interfaces = true;  ///< one of its devices at least is up
    bool partners = true;    ///< XCF reaches another member, or there are less than two others
    bool memory = true;      ///< nothing that memory is kept for is nearly used up
};

/// Counts how long what lasts. Pure: whoever looks acts.
class problem_detection {
  public:
    using time_point = cf::steady_clock::time_point;

    enum class action : std::uint8_t { none, leave, rejoin };
    struct outcome {
        action todo = action::none;
        std::vector<std::string> messages{};  ///< with their ids
    };

    /// `stack`: its name, for the messages.
    explicit problem_detection(std::string stack) : stack_(std::move(stack)) {}

    /// How long between two looks: a quarter of TIMERSECS.
    static cf::steady_clock::duration interval(parser::sysplex_monitor const& how) {
        return std::chrono::milliseconds(250) * how.seconds;
    }
    /// `alone`: the only member of the group, which does not leave it (IP Configuration Guide,
    /// "Sysplex problem detection and recovery").
    outcome look(sysplex_health const& found, parser::sysplex_monitor const& how, bool alone,
                 time_point now);
    /// An operator has the stack join or leave: what happened before is no reason any more.
    void forget() { has_left_ = false; }

  private:
    struct problem {
        std::optional<time_point> since{};
        bool told = false;
    };
    bool lasts(problem& which, bool is_well, parser::sysplex_monitor const& how, time_point now,
               std::string const& message, outcome& to);

    std::string stack_;
    problem interfaces_;
    problem partners_;
    problem memory_;
    bool has_left_ = false;  ///< by itself
};

}  // namespace tcpplexd
