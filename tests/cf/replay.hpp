// Judges a trace: every port taken was free before, every write is by a living incarnation.
#pragma once

#include "cf/trace/record.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cf::test {

/// Replays the records of one DVIPA in their order. May begin in the middle of a trace: what was
/// before is unknown then, and judged from the second mention of a port on.
class replay {
  public:
    /// Stops listening at the first fault.
    void feed(trace::record const& next);
    void feed(std::vector<trace::record> const& all);
    /// The first thing that cannot be, with the record's number; empty if nothing.
    std::string const& fault() const { return fault_; }
    std::uint64_t last_number() const { return last_.number; }
    int judged() const { return judged_; }  ///< ports taken that were known to be free

  private:
    enum class knowledge : std::uint8_t { unknown, free, held };
    struct port_story {
        knowledge what = knowledge::unknown;
        std::uint8_t by = 0;
    };
    void wrong(trace::record const& at, std::string const& what);
    void check_order(trace::record const& next);
    void take(trace::record const& by);
    void give_back(trace::record const& by);
    void forget_held_by(std::uint8_t slot, knowledge instead = knowledge::unknown);
    void forget(std::uint8_t slot, bool its_ports_are_free);

    std::map<std::uint16_t, port_story> ports_;
    std::array<std::uint32_t, 256> incarnations_{};
    std::array<bool, 256> adopted_{};   // back-filled more ports than are named
    std::array<bool, 256> in_doubt_{};  // may be dead, and what it had given back, unsaid
    trace::record last_;
    std::string fault_;
    int judged_ = 0;
};

}  // namespace cf::test
