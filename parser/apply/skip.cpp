#include "parser/apply/skip.hpp"

#include "parser/apply/carry_out.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace parser {

namespace {

/// What a file is reduced to, run by run.
class reduction {
  public:
    explicit reduction(profile const& updates) : work_{updates} {
        work_.left_out.resize(updates.statements.size());
        for (auto const& each : updates.ignored)
            leave_out(each);
    }

    work const& statements() const { return work_; }
    std::set<std::uint32_t> const& entries() const { return entries_; }

    /// Leaves out what z/OS ignores because of these errors. Whether that is anything.
    bool leave_out(std::vector<fault> const& faults) {
        changed_ = false;
        for (auto const& each : faults)
            leave_out(each);
        return changed_;
    }

  private:
    using statements_by_place = statement_list::const_iterator;

    statements_by_place first_behind(std::uint32_t place) const {
        return std::ranges::upper_bound(work_.updates.statements, place, {},
                                        [](statement const& each) { return each.where.begin; });
    }

    std::size_t number_of(statements_by_place at) const {
        return static_cast<std::size_t>(at - work_.updates.statements.begin());
    }

    void leave_out(std::size_t statement) {
        changed_ = changed_ || !work_.left_out[statement];
        work_.left_out[statement] = true;
    }

    /// All statements that begin in a part of the text.
    void leave_out(extent const& part) {
        auto const& all = work_.updates.statements;
        auto const from = std::ranges::lower_bound(
            all, part.begin, {}, [](statement const& each) { return each.where.begin; });
        for (auto at = from; at != all.end() && at->where.begin < part.end; ++at)
            leave_out(number_of(at));
    }

    static bool is_source_entry(statement const& each) {
        return each.body.as<srcip_job_statement>() != nullptr ||
               each.body.as<srcip_destination_statement>() != nullptr;
    }

    /// Whether z/OS goes on with the other entries of the statement, or with those before this one.
    static bool is_of_entry(statement const& in, fault const& what) {
        if (in.body.as<home_statement>() != nullptr)
            return what.message_id != "EZZ0344I" && what.where.begin != in.where.begin;
        if (in.body.as<vipadelete_statement>() != nullptr) return true;
        return what.message_id == "EZZ8307I" && (in.body.as<vipadefine_statement>() != nullptr ||
                                                 in.body.as<vipabackup_statement>() != nullptr);
    }

    void leave_out(fault const& what) {
        auto const behind = first_behind(what.where.begin);
        auto const& all = work_.updates.statements;
        if (behind == all.begin()) return;
        auto at = std::prev(behind);
        if (is_of_entry(*at, what)) {
            changed_ = entries_.insert(what.where.begin).second || changed_;
            return;
        }
        leave_out(number_of(at));
        if (what.message_id == "EZZ0831I") leave_out_rest_of_block(at->where.begin);
        if (at->body.as<srcip_statement>() == nullptr) return;
        while (++at != all.end() && is_source_entry(*at))
            leave_out(number_of(at));
    }

    void leave_out_rest_of_block(std::uint32_t from) {
        auto const& blocks = work_.updates.dynamic_blocks;
        auto const in = std::ranges::upper_bound(blocks, from, {}, &extent::end);
        if (in != blocks.end() && in->begin <= from) leave_out(extent{from, in->end});
    }

    work work_;
    std::set<std::uint32_t> entries_;  ///< their places
    bool changed_ = false;
};

/// Moves the errors, or all, behind `into`.
void take(std::vector<diagnostic>& from, std::vector<diagnostic>& into, bool all) {
    auto const rest = std::ranges::stable_partition(from, [](diagnostic const& each) {
                          return each.level == severity::error;
                      }).begin();
    auto const end = all ? from.end() : rest;
    into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(end));
}

}  // namespace

apply_result skip_faulty(configuration const& running, profile const& updates, phase when) {
    reduction left(updates);
    std::vector<diagnostic> said;
    for (;;) {
        // Complete: what a statement with an error would have defined is not there.
        application run(running, *updates.source, true, when);
        run.keeps_faults = true;
        run.left_out = left.entries();
        carry_out(run, left.statements());
        auto const faults = run.faults();
        auto result = std::move(run).take();
        // Notes and warnings hold of what is left in the end.
        take(result.diagnostics, said, faults.empty());
        if (faults.empty()) {
            result.diagnostics = std::move(said);
            return result;
        }
        if (!left.leave_out(faults))  // nothing to blame: all is refused
            return {running, std::move(said), true};
    }
}

}  // namespace parser
