// What has been sent and not acknowledged: which of it arrived, which is lost.
#pragma once

#include "stack/core/index_list.hpp"
#include "stack/core/slab.hpp"
#include "stack/tcp/recovery/delivery.hpp"
#include "stack/tcp/recovery/sent_range.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

using sent_ranges = slab<sent_range>;

/// The bytes from snd_una to snd_nxt as ranges in order, without gaps. Neighbours that nothing
/// tells apart are one range. SACK blocks split ranges at whole segments only, and no more once
/// there are limits::max_sent_ranges: a peer that acknowledges single bytes gains nothing. The
/// ranges are the slab's, so clear() must come before the scoreboard goes.
class scoreboard {
  public:
    bool empty() const { return list_.empty(); }
    std::uint32_t sacked() const { return sacked_; }
    std::uint32_t lost() const { return lost_; }

    /// [begin, end) has left for the first time, in segments of `mss` bytes.
    void sent(sent_ranges& all, seq begin, seq end, instant now, std::uint32_t mss);
    /// So has [begin, end), as one segment that probes the path (RFC 4821 7.5).
    void sent_path_probe(sent_ranges& all, seq begin, seq end, instant now);
    /// Everything before `una` has arrived.
    void acknowledge(sent_ranges& all, seq una, delivery& d);
    /// So have these bytes, which must lie between the first and the last one here.
    void sack(sent_ranges& all, seq begin, seq end, std::uint32_t mss, delivery& d);

    /// Something is lost, and all of it is the probe of the path.
    bool only_path_probe_lost(sent_ranges const& all) const;
    /// The first range to send again.
    std::optional<std::uint32_t> first_lost(sent_ranges const& all) const;
    /// Its bytes before `end` have left again.
    void resent(sent_ranges& all, std::uint32_t index, seq end, instant now, std::uint32_t mss);

    /// The last segment, as a range of its own. Of a scoreboard that is not empty.
    std::uint32_t last_segment(sent_ranges& all, std::uint32_t mss);

    /// Everything that has not arrived is lost.
    void lose_all(sent_ranges& all);
    /// The receiver has given up what it had beyond holes, since the first range is among it (RFC
    /// 2018 8): that is lost, too.
    void forget_sacks_if_reneged(sent_ranges& all);
    /// The first `length` bytes are lost, if they have not arrived.
    void lose_front(sent_ranges& all, std::uint32_t length);
    /// Ranges in flight for which is_lost(range) holds.
    template <class Test>
    void lose_if(sent_ranges& all, Test&& is_lost) {
        for (std::uint32_t i = list_.front(); i != none;) {
            sent_range& r = all[i];
            if (r.is == sent_range::fate::in_flight && is_lost(r)) lose(all, i);
            i = all[i].links.next;
        }
    }
    /// Nothing was lost after all.
    void forget_losses(sent_ranges& all);
    void clear(sent_ranges& all);

    /// The first broken rule, or null: see the class.
    char const* broken_rule(sent_ranges const& all, seq una, seq nxt) const;

  private:
    static constexpr std::uint32_t none = sent_ranges::none;

    void add_to(sent_range::fate fate, std::uint32_t length);
    void take_from(sent_range::fate fate, std::uint32_t length);
    sent_range& append(sent_ranges& all, seq begin, seq end, instant now);
    void remove(sent_ranges& all, std::uint32_t index);
    bool split(sent_ranges& all, std::uint32_t index, seq at);
    void lose(sent_ranges& all, std::uint32_t& index);
    std::uint32_t join_neighbours(sent_ranges& all, std::uint32_t index, std::uint32_t mss);
    void arrive(sent_ranges& all, std::uint32_t index, delivery& d);

    index_list<sent_range, &sent_range::links> list_;
    std::uint32_t sacked_ = 0;
    std::uint32_t lost_ = 0;
    seq fack_;  ///< end of the highest range that has arrived (RFC 8985 6.2)
    bool fack_known_ = false;
};

}  // namespace stack::tcp
