#include "parser/command/command.hpp"
#include "parser/command/sysplex.hpp"
#include "parser/command/words.hpp"
#include "parser/source/lexical.hpp"
#include "parser/source/printable.hpp"
#include "parser/suggestion.hpp"

#include <fmt/format.h>

namespace parser::command {

namespace {

using parsed = std::variant<operator_command, command_error>;

/// What the words of a command mean.
class meaning {
  public:
    meaning(std::string_view text, command_words words)
        : text_(text),
          verb_(words.verb),
          stack_(full_word(words.stack)),
          operands_(std::move(words.operands)) {}

    parsed command() const {
        if (stack_.size() > 8) return error(0, "the name of a stack has at most 8 characters", {});
        if (abbreviates(verb_, "DISPLAY", 7) || same_word(verb_, "D")) return display();
        if (abbreviates(verb_, "VARY", 4) || same_word(verb_, "V")) return vary();
        return command_error{place(verb_), shown(verb_) + " is no command", "DISPLAY or VARY",
                             suggest(verb_, {"DISPLAY", "VARY"})};
    }

  private:
    std::size_t place(std::string_view part) const {
        return static_cast<std::size_t>(part.data() - text_.data());
    }

    /// About operand `index`, or the end of the command if there is none.
    command_error error(std::size_t index, std::string text, std::string expected) const {
        std::size_t const where =
            index < operands_.size() ? place(operands_[index].key) : text_.size();
        return {where, std::move(text), std::move(expected), {}};
    }

    bool is(std::size_t index, std::string_view keyword) const {
        return index < operands_.size() && operands_[index].values.empty() &&
               abbreviates(operands_[index].key, keyword, minimum_of(keyword));
    }

    parsed display() const {
        if (is(0, "Netstat")) return netstat();
        if (is(0, "SYSplex")) return sysplex();
        for (std::string_view const known : {"HELp", "STOR", "OSAINFO", "OMPRoute", "Telnet"})
            if (is(0, known)) return error(0, full_word(known) + " is not supported yet", {});
        auto problem =
            error(0, shown(operands_[0].key) + " can't be displayed", "Netstat or SYSplex");
        problem.suggestion = suggest(operands_[0].key, {"Netstat", "SYSplex"});
        return problem;
    }

    parsed netstat() const {
        display_netstat result;
        result.stack = stack_;
        if (operands_.size() < 2) return result;  // a report is CONN unless it says otherwise
        auto const* report = operands_[1].values.empty() ? find_report(operands_[1].key) : nullptr;
        if (report == nullptr) return unknown_report();
        if (!report->supported)
            return error(1,
                         fmt::format("report {} is not supported yet", full_word(report->keyword)),
                         report_names());
        result.report = report->which;
        auto options =
            to_options(report->which, {operands_.begin() + 2, operands_.end()}, text_.data());
        if (auto* problem = std::get_if<command_error>(&options)) return *std::move(problem);
        result.options = std::get<report_options>(std::move(options));
        return result;
    }

    command_error unknown_report() const {
        auto problem = error(1, shown(operands_[1].key) + " is no report", report_names());
        std::vector<std::string_view> candidates;
        for (auto const& report : reports())
            candidates.push_back(report.keyword);
        problem.suggestion = suggest(operands_[1].key, candidates);
        return problem;
    }

    static std::string report_names() {
        std::string names;
        for (auto const& report : reports()) {
            if (!report.supported) continue;
            if (!names.empty()) names += ", ";
            names += report.keyword;
        }
        return names;
    }

    parsed sysplex() const {
        display_sysplex result;
        result.stack = stack_;
        using what = display_sysplex::what;
        if (is(1, "GROUP"))
            result.subject = what::group;
        else if (is(1, "PORTS"))
            result.subject = what::ports;
        else if (!is(1, "VIPADyn"))
            return error(1, "SYSPLEX shows nothing of that name", "VIPADyn, GROUP or PORTS");
        for (std::size_t i = 2; i < operands_.size(); ++i)
            if (auto problem = sysplex_operand(i, result)) return *std::move(problem);
        return result;
    }

    std::optional<command_error> sysplex_operand(std::size_t index, display_sysplex& result) const {
        operand const& given = operands_[index];
        bool const takes_any = result.subject == display_sysplex::what::vipadyn;
        if (!takes_any || given.values.size() != 1)
            return error(index, shown(given.key) + " is not valid here",
                         takes_any ? "IPAddr=address or MAX=n" : "the end of the command");
        std::string_view const value = given.values[0];
        if (abbreviates(given.key, "IPADDR", 3)) {
            result.dvipa = parse_ip_address(value);
            if (result.dvipa) return {};
            return command_error{place(value), shown(value) + " is no address", "an address", {}};
        }
        auto options = to_options(report_id::vipadyn, {given}, text_.data());
        if (auto* problem = std::get_if<command_error>(&options)) return *std::move(problem);
        result.max = std::get<report_options>(options).max;
        if (result.max) return {};
        return error(index, shown(given.key) + " is not valid here", "IPAddr=address or MAX=n");
    }

    parsed vary() const {
        for (bool const syntax : {false, true}) {
            char const* const verb = syntax ? "SYNTaxcheck" : "Obeyfile";
            if (is(0, verb)) return file_command(syntax, false);
            if (operands_[0].values.size() == 1 && same_word(operands_[0].key, "CMD") &&
                abbreviates(operands_[0].values[0], verb, minimum_of(verb)))
                return file_command(syntax, true);
        }
        if (is(0, "SYSplex")) return sysplex_change();
        static constexpr char const* known_verbs = "Obeyfile, SYNTaxcheck or SYSplex";
        for (std::string_view const known : {"DRop", "STArt", "STOp", "PURGECache", "PKTtrace",
                                             "DATtrace", "OSAENTA", "EXPORTPROF"})
            if (is(0, known))
                return error(0, full_word(known) + " is not supported yet", known_verbs);
        auto problem = error(0, shown(operands_[0].key) + " can't be varied", known_verbs);
        problem.suggestion = suggest(operands_[0].key, {"Obeyfile", "SYNTaxcheck", "SYSplex"});
        return problem;
    }

    parsed sysplex_change() const {
        auto result = to_vary_sysplex({operands_.begin() + 1, operands_.end()}, text_);
        if (auto* problem = std::get_if<command_error>(&result)) return *std::move(problem);
        auto& change = std::get<vary_sysplex>(result);
        change.stack = stack_;
        return std::move(change);
    }

    /// OBEYFILE or SYNTAXCHECK and its data set.
    parsed file_command(bool syntax_only, bool needs_key) const {
        std::string const verb = syntax_only ? "SYNTAXCHECK" : "OBEYFILE";
        if (operands_.size() < 2)
            return error(1, verb + " names no data set", "the name of a file");
        if (operands_.size() > 2)
            return error(2, verb + " takes one data set", "the end of the command");
        operand const& given = operands_[1];
        bool const has_key = same_word(given.key, "DSN") && given.values.size() == 1;
        if (has_key) return vary_obeyfile{stack_, std::string(given.values[0]), syntax_only};
        if (!needs_key && given.values.empty())
            return vary_obeyfile{stack_, std::string(given.key), syntax_only};
        return error(1, "that is no data set", needs_key ? "DSN=file" : "the name of a file");
    }

    std::string_view text_;
    std::string_view verb_;
    std::string stack_;
    std::vector<operand> operands_;
};

}  // namespace

parsed parse_command(std::string_view text) {
    auto words = split_command(text);
    if (auto* problem = std::get_if<command_error>(&words)) return *std::move(problem);
    return meaning(text, std::get<command_words>(std::move(words))).command();
}

}  // namespace parser::command
