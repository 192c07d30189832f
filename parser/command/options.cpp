// What the operands of a report mean, and which of them a report takes.
#include "parser/command/command.hpp"
#include "parser/grammar/value.hpp"
#include "parser/source/printable.hpp"
#include "parser/suggestion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace parser::command {

namespace {

using grammar::to_number;

/// z/OS takes up to six values of a filter.
constexpr std::size_t most_values = 6;

constexpr std::array<std::string_view, 4> protocols{"IP", "ICMP", "TCP", "UDP"};

/// A job name in which * stands for any characters and ? for one.
bool is_job_pattern(std::string_view value) {
    std::string name(value);
    std::ranges::replace_if(
        name, [](char c) { return c == '*' || c == '?'; }, 'X');
    return grammar::is_job(name);
}

bool is_value_of(filter_key key, std::string_view value) {
    switch (key) {
        case filter_key::client:
            return is_job_pattern(value);
        case filter_key::port: {
            auto const port = to_number(value);
            return port && *port <= 65535;
        }
        case filter_key::ip_address:
            return parse_ip_address(value) || grammar::to_address_length(value);
        case filter_key::protocol:
            return std::ranges::any_of(
                protocols, [value](std::string_view known) { return same_word(value, known); });
        case filter_key::ip_port:
            break;
    }
    std::size_t const plus = value.find('+');
    return plus != std::string_view::npos && parse_ip_address(value.substr(0, plus)) &&
           is_value_of(filter_key::port, value.substr(plus + 1));
}

char const* values_of(filter_key key) {
    switch (key) {
        case filter_key::client:
            return "a job name (1 to 8 characters; * stands for any others, ? for one)";
        case filter_key::port:
            return "a port (0 to 65535)";
        case filter_key::ip_address:
            return "an address or address/length";
        case filter_key::protocol:
            return "IP, ICMP, TCP or UDP";
        case filter_key::ip_port:
            break;
    }
    return "address+port";
}

/// The words of a table's blank-separated list.
std::vector<std::string_view> split(std::string_view list) {
    std::vector<std::string_view> words;
    for (char const* at = list.data(); at != list.data() + list.size();) {
        at = skip_blanks(at, list.data() + list.size());
        words.push_back(word_at(at, list.data() + list.size()));
        at += words.back().size();
    }
    return words;
}

class reading {
  public:
    reading(report_id which, char const* text_begin)
        : entry_(entry_of(which)), modifiers_(split(entry_.modifiers)), text_begin_(text_begin) {}

    std::optional<command_error> take(operand const& given) {
        if (given.values.empty() && modifiers_.empty()) return unknown(given);
        if (given.values.empty()) return take_modifier(given);
        if (same_word(given.key, "MAX")) return take_max(given);
        if (abbreviates(given.key, "FORMat", 4)) return take_format(given);
        return take_filter(given);
    }

    report_options result;

  private:
    command_error error(std::string_view where, std::string text, std::string expected) const {
        return {static_cast<std::size_t>(where.data() - text_begin_),
                std::move(text),
                std::move(expected),
                {}};
    }

    std::optional<command_error> take_modifier(operand const& given) {
        auto const found = std::find_if(modifiers_.begin(), modifiers_.end(), [&](auto modifier) {
            return abbreviates(given.key, modifier, minimum_of(modifier));
        });
        if (found == modifiers_.end()) return unknown(given);
        if (!result.modifier.empty())
            return error(given.key, "a report has one modifier", "a filter, MAX or FORMAT");
        result.modifier = full_word(*found);
        return {};
    }

    std::optional<command_error> take_max(operand const& given) {
        std::string_view const value = given.values.front();
        auto const number = to_number(value);
        if (value != "*" && (!number || *number < 1 || *number > 65535))
            return error(value, fmt::format("{} is no number of records", shown(value)),
                         "MAX=1 to MAX=65535 or MAX=*");
        result.max = value == "*" ? all_records : *number;
        return {};
    }

    std::optional<command_error> take_format(operand const& given) {
        std::string_view const value = given.values.front();
        if (same_word(value, "LONG"))
            result.format = report_format::long_;
        else if (same_word(value, "SHORT"))
            result.format = report_format::short_;
        else
            return error(value, fmt::format("{} is no format", shown(value)), "LONG or SHORT");
        return {};
    }

    std::optional<command_error> take_filter(operand const& given) {
        auto const* filter = find_filter(given.key);
        if (filter == nullptr) return unknown(given);
        std::string const name = full_word(filter->keyword);
        bool const fits = filter->supported && std::count(entry_.filters.begin(),
                                                          entry_.filters.end(), filter->key) != 0;
        if (!filter->supported)
            return error(given.key, fmt::format("filter {} is not supported yet", name), {});
        if (!fits)
            return error(given.key,
                         fmt::format("{} has no filter {}", full_word(entry_.keyword), name),
                         offer());
        if (result.filter) return error(given.key, "a report has one kind of filter", {});
        if (given.values.size() > most_values)
            return error(given.values[most_values], "a filter has at most 6 values", {});
        result.filter = report_filter{filter->key, {}};
        for (auto const value : given.values) {
            if (!is_value_of(filter->key, value))
                return error(value, fmt::format("{} is no value of {}", shown(value), name),
                             values_of(filter->key));
            result.filter->values.push_back(full_word(value));
        }
        return {};
    }

    std::string offer() const {
        std::string text;
        for (auto const modifier : modifiers_)
            text += std::string(modifier) + ", ";
        for (auto const& filter : filters())
            if (std::count(entry_.filters.begin(), entry_.filters.end(), filter.key) != 0 &&
                filter.supported)
                text += std::string(filter.keyword) + "=value, ";
        return text + "MAX=n or FORMAT=LONG|SHORT";
    }

    command_error unknown(operand const& given) const {
        auto problem = error(
            given.key,
            fmt::format("{} is no operand of {}", shown(given.key), full_word(entry_.keyword)),
            offer());
        std::vector<std::string_view> candidates = modifiers_;
        for (auto const& filter : filters())
            candidates.push_back(filter.keyword);
        candidates.insert(candidates.end(), {"MAX", "FORMat"});
        problem.suggestion = suggest(given.key, candidates);
        return problem;
    }

    report_entry const& entry_;
    std::vector<std::string_view> modifiers_;
    char const* text_begin_;
};

}  // namespace

std::variant<report_options, command_error> to_options(report_id which,
                                                       std::vector<operand> const& operands,
                                                       char const* text_begin) {
    reading read(which, text_begin);
    for (auto const& given : operands)
        if (auto problem = read.take(given)) return *std::move(problem);
    return std::move(read.result);
}

std::string to_text(command_error const& error, std::string_view command_text) {
    std::string out = fmt::format("{}\n{}\n{}^\n", error.text, printable(command_text),
                                  std::string(std::min(error.position, command_text.size()), ' '));
    if (!error.expected.empty()) out += fmt::format("= expected {}\n", error.expected);
    if (!error.suggestion.empty()) out += fmt::format("= {}\n", error.suggestion);
    return out;
}

}  // namespace parser::command
