#include "parser/command/sysplex.hpp"

#include "parser/grammar/value.hpp"
#include "parser/source/lexical.hpp"
#include "parser/source/printable.hpp"
#include "parser/suggestion.hpp"

#include <array>
#include <optional>

namespace parser::command {

namespace {

using what = vary_sysplex::what;
using problem = std::optional<command_error>;

/// What follows the action.
enum class subject : std::uint8_t { none, dvipa, servers };

struct action_entry {
    std::string_view keyword;  ///< its minimum abbreviation in upper case
    what action;
    subject takes;
};
constexpr std::array actions{action_entry{"LEAVEgroup", what::leave_group, subject::none},
                             action_entry{"JOINgroup", what::join_group, subject::none},
                             action_entry{"DEACTivate", what::deactivate, subject::dvipa},
                             action_entry{"REACTivate", what::reactivate, subject::dvipa},
                             action_entry{"QUIesce", what::quiesce, subject::servers},
                             action_entry{"RESUME", what::resume, subject::servers}};
constexpr char const* action_names =
    "LEAVEgroup, JOINgroup, DEACTivate, REACTivate, QUIesce or RESUME";
constexpr char const* server_forms = "TARGET, POrt=number or JOBNAME=job";

action_entry const* find_action(operand const& given) {
    if (!given.values.empty()) return nullptr;
    for (auto const& each : actions)
        if (abbreviates(given.key, each.keyword, minimum_of(each.keyword))) return &each;
    return nullptr;
}

/// What the operands after the action mean.
class subject_reader {
  public:
    subject_reader(action_entry const& action, std::vector<operand> const& operands,
                   std::string_view text)
        : action_(action), operands_(operands), text_(text) {}

    problem read(vary_sysplex& into) {
        problem found;
        if (action_.takes == subject::dvipa) found = dvipa(into);
        if (action_.takes == subject::servers) found = servers(into);
        if (found || next_ == operands_.size()) return found;
        return unexpected("the end of the command");
    }

  private:
    problem error(std::string_view at, std::string text, char const* expected) const {
        return command_error{
            static_cast<std::size_t>(at.data() - text_.data()), std::move(text), expected, {}};
    }
    problem unexpected(char const* expected) const {
        auto const& given = operands_[next_];
        return error(given.key, shown(given.key) + " is not valid here", expected);
    }
    problem missing(char const* subject, char const* expected) const {
        return error(text_.substr(text_.size()),
                     full_word(action_.keyword) + " names no " + subject, expected);
    }

    /// The value of the next operand if that is KEYWORD=value, which is used up then.
    std::optional<std::string_view> value_of(std::string_view keyword) {
        if (next_ == operands_.size()) return {};
        auto const& given = operands_[next_];
        if (!abbreviates(given.key, keyword, minimum_of(keyword)) || given.values.size() != 1)
            return {};
        ++next_;
        return given.values[0];
    }

    problem dvipa(vary_sysplex& into) {
        if (next_ == operands_.size()) return missing("DVIPA", "DVIPA=address");
        auto const value = value_of("DVIPA");
        if (!value) return unexpected("DVIPA=address");
        into.dvipa = parse_ip_address(*value);
        if (into.dvipa) return {};
        return error(*value, shown(*value) + " is no address", "an address");
    }

    problem servers(vary_sysplex& into) {
        if (next_ == operands_.size()) return missing("server", server_forms);
        if (operands_[next_].values.empty() && same_word(operands_[next_].key, "TARGET")) {
            ++next_;
            return {};
        }
        if (auto const value = value_of("POrt")) {
            auto const port = grammar::to_number(*value);
            if (!port || *port == 0 || *port > 65535)
                return error(*value, shown(*value) + " is no port", "a number from 1 to 65535");
            into.port = static_cast<std::uint16_t>(*port);
        }
        if (auto const value = value_of("JOBNAME")) {
            auto const job = grammar::to_job(*value);
            if (!job || job->find('*') != std::string::npos)
                return error(*value, shown(*value) + " is no job name",
                             "1 to 8 letters, digits, @, # or $");
            into.job = *job;
        }
        if (into.port || !into.job.empty()) return {};
        return unexpected(server_forms);
    }

    action_entry const& action_;
    std::vector<operand> const& operands_;
    std::string_view text_;
    std::size_t next_ = 1;  ///< of the operands, after the action
};

command_error unknown_action(operand const& given, std::string_view text) {
    std::vector<std::string_view> candidates;
    for (auto const& each : actions)
        candidates.push_back(each.keyword);
    return {static_cast<std::size_t>(given.key.data() - text.data()),
            shown(given.key) + " can't be done to SYSPLEX", action_names,
            suggest(given.key, candidates)};
}

}  // namespace

std::variant<vary_sysplex, command_error> to_vary_sysplex(std::vector<operand> const& operands,
                                                          std::string_view text) {
    if (operands.empty())
        return command_error{text.size(), "SYSPLEX says not what to do", action_names, {}};
    auto const* const entry = find_action(operands[0]);
    if (entry == nullptr) return unknown_action(operands[0], text);
    vary_sysplex result;
    result.action = entry->action;
    if (auto found = subject_reader(*entry, operands, text).read(result)) return *std::move(found);
    return result;
}

}  // namespace parser::command
