#include "daemon/sysplex/problem_detection.hpp"

#include <fmt/format.h>

namespace tcpplexd {

bool problem_detection::lasts(problem& which, bool is_well, parser::sysplex_monitor const& how,
                              time_point now, std::string const& message, outcome& to) {
    if (is_well) {
        if (which.told) to.messages.push_back(stack_ + ": relieved: " + message);
        which = {};
        return false;
    }
    if (!which.since) which.since = now;
    bool const long_enough = now - *which.since >= std::chrono::seconds(how.seconds);
    if (long_enough && !which.told) to.messages.push_back(message);
    which.told |= long_enough;
    return long_enough;
}

problem_detection::outcome problem_detection::look(sysplex_health const& found,
                                                   parser::sysplex_monitor const& how, bool alone,
                                                   time_point now) {
    outcome result;
    bool sick = lasts(interfaces_, found.interfaces || !how.interfaces, how, now,
                      fmt::format("EZD1209E {} HAS NO ACTIVE INTERFACE AND HAD NONE FOR AT LEAST "
                                  "{} SECONDS",
                                  stack_, how.seconds),
                      result);
    sick |= lasts(partners_, found.partners, how, now,
                  fmt::format("EZZ9673E {} HAS REACHED NO PARTNER BY XCF FOR AT LEAST {} SECONDS",
                              stack_, how.seconds),
                  result);
    sick |= lasts(memory_, found.memory, how, now,
                  fmt::format("EZD1974E {} CSM HAS BEEN CONSTRAINED FOR AT LEAST {} SECONDS",
                              stack_, how.seconds),
                  result);
    if (sick && how.recovery && !alone && !has_left_) {
        has_left_ = true;
        result.todo = action::leave;
    }
    bool const relieved = !interfaces_.since && !partners_.since && !memory_.since;
    if (has_left_ && relieved && how.auto_rejoin) {
        has_left_ = false;
        result.todo = action::rejoin;
    }
    return result;
}

}  // namespace tcpplexd
