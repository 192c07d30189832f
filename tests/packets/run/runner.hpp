// Plays a script against a new engine.
#pragma once

#include "run/host.hpp"
#include "run/script.hpp"

#include <iosfwd>

namespace packets {

class runner {
  public:
    /// `trace`, if given, gets a line for each segment either way and each event.
    runner(std::string file, std::ostream* trace) : file_(std::move(file)), trace_(trace) {}

    /// Throws std::runtime_error, "file:line: ...", at the first thing that is not as written.
    void play(std::vector<step> const& steps);

  private:
    struct bounds {
        stack::instant earliest;
        stack::instant latest;
    };

    void play(step const& s);
    bounds when(moment const& m) const;
    void wait_quietly(moment const& m);
    void expect(segment const& wanted, moment const& m);
    void expect_event(std::string const& wanted, moment const& m);
    void assertion_or_call(call const& c, moment const& m);
    void nothing_more_sent() const;
    [[noreturn]] void complain(std::string const& what) const;
    std::string time_of(stack::instant at) const;
    void trace(char const* direction, stack::instant at, std::string const& what) const;

    std::string file_;
    std::ostream* trace_;
    host host_;
    stack::instant const begin_ = host_.now();
    stack::instant last_ = begin_;
    std::size_t line_ = 0;
};

}  // namespace packets
