#include "replay.hpp"

namespace cf::test {

void replay::wrong(trace::record const& at, std::string const& what) {
    if (!fault_.empty()) return;
    fault_ = "record " + std::to_string(at.number) + " (" + name_of(at.what) + " by slot " +
             std::to_string(at.slot) + "): " + what;
}

void replay::check_order(trace::record const& next) {
    bool const flipped = next.first != trace::flips{} || next.held != trace::flips{} ||
                         next.served != trace::flips{};
    bool const wrote = !next.refused || flipped;  // what was owed comes before a refusal too
    if (last_.number != 0) {
        if (next.number <= last_.number) wrong(next, "its number does not grow");
        bool gap = next.number != last_.number + 1;
        if (gap) ports_.clear();
        if (!gap && next.version < last_.version) wrong(next, "the version shrinks");
        if (!gap && wrote && next.what != step_kind::repair && next.version != last_.version + 1)
            wrong(next, "it wrote, and the version is not the next");
        if (!gap && !wrote && next.version != last_.version)
            wrong(next, "it was refused, and the version is another");
    }
    if (next.slot == trace::no_slot) return;
    auto& known = incarnations_[next.slot];
    if (next.incarnation < known)
        wrong(next, "an incarnation writes that has been followed by another");
    if (next.incarnation != known) forget(next.slot, false);
    known = next.incarnation;
    in_doubt_[next.slot] = false;
}

void replay::take(trace::record const& by) {
    auto const& taken = by.held.set;
    if (taken.count == 0) return;
    if (by.what == step_kind::back_fill) {  // whoever else has the port too
        if (taken.count != 1) adopted_[by.slot] = true;
        ports_.erase(taken.first);
        return;
    }
    if (by.first.set != taken) return wrong(by, "what it takes was not all free");
    if (by.of_slot != by.slot) return wrong(by, "it takes a port for another stack");
    if (taken.count > 1) return ports_.clear();  // a block: which ports it does not say
    auto& story = ports_[taken.first];
    if (story.what == knowledge::held && !in_doubt_[story.by])
        wrong(by, "port " + std::to_string(taken.first) + " is held by slot " +
                      std::to_string(story.by));
    judged_ += story.what == knowledge::free ? 1 : 0;
    story = {knowledge::held, by.slot};
}

void replay::give_back(trace::record const& by) {
    auto const& gone = by.held.cleared;
    if (gone.count > 1) forget_held_by(by.slot);  // which ones the record does not say
    if (gone.count != 1 || by.of_slot != by.slot) return;
    auto story = ports_[gone.first];
    if (story.what == knowledge::free && !adopted_[by.slot])
        wrong(by, "port " + std::to_string(gone.first) + " is free");
    if (story.what == knowledge::held && story.by != by.slot && !adopted_[by.slot])
        wrong(by, "port " + std::to_string(gone.first) + " is another stack's");
    bool free_now = by.first.cleared == gone;
    ports_[gone.first] = {free_now ? knowledge::free : knowledge::unknown, 0};
}

void replay::forget_held_by(std::uint8_t slot, knowledge instead) {
    for (auto& [port, story] : ports_)
        if (story.what == knowledge::held && story.by == slot) story = {instead, 0};
}

void replay::forget(std::uint8_t slot, bool its_ports_are_free) {
    forget_held_by(slot, its_ports_are_free ? knowledge::free : knowledge::unknown);
    in_doubt_[slot] = adopted_[slot] = false;
}

void replay::feed(trace::record const& next) {
    if (!fault_.empty()) return;
    check_order(next);
    last_ = next;
    switch (next.what) {
        case step_kind::repair:
            // The dead one's last update is unsaid: of its own ports, or recovering another's.
            in_doubt_.fill(true);
            in_doubt_[next.slot] = next.slot == trace::no_slot;
            break;
        case step_kind::recover:
        case step_kind::leave:
            if (next.of_slot < trace::several_slots) forget(next.of_slot, true);
            break;
        default:  // what was owed from before comes first in an update
            give_back(next);
            take(next);
    }
    if (next.settings.state == sharing_state::off) ports_.clear(), adopted_.fill(false);
}

void replay::feed(std::vector<trace::record> const& all) {
    for (auto const& one : all)
        if (one.number > last_.number) feed(one);
}

}  // namespace cf::test
