// The words of tcpplex netstat.
#include "operator/command/netstat.hpp"

#include "operator/command/display.hpp"

#include <algorithm>
#include <cerrno>
#include <optional>

namespace operators {

namespace {

using parser::command::operand;
using parser::command::report_entry;

struct netstat_words {
    report_entry const* report = nullptr;
    std::vector<operand> operands;  ///< point into the words
    bool json = false;
};

app::error misuse(std::string text) {
    return {EINVAL, "netstat: " + std::move(text) + " (tcpplex netstat --help)"};
}

app::result<void> take_report(netstat_words& to, std::string const& word,
                              report_entry const* report) {
    if (report == nullptr) return misuse("there is no report or option \"" + word + "\"");
    if (!report->supported)
        return misuse("the report " + std::string(report->keyword) + " is not supported yet");
    if (to.report != nullptr) return misuse("\"" + word + "\" is a second report; one at a time");
    to.report = report;
    return {};
}

// KEY=value or KEY=(value,value), as on the console.
operand keyword_operand(std::string_view word) {
    operand result;
    auto const equals = word.find('=');
    result.key = word.substr(0, equals);
    if (equals == std::string_view::npos) return result;
    std::string_view values = word.substr(equals + 1);
    if (values.starts_with('(') && values.ends_with(')'))
        values = values.substr(1, values.size() - 2);
    for (;;) {
        auto const comma = values.find(',');
        result.values.push_back(values.substr(0, comma));
        if (comma == std::string_view::npos) return result;
        values.remove_prefix(comma + 1);
    }
}

/// `at` moves past a value that belongs to the word.
app::result<void> take_word(netstat_words& to, std::vector<std::string> const& words,
                            std::size_t& at) {
    std::string const& word = words[at];
    if (word == "--json") return to.json = true, app::result<void>();
    bool const letter = word.size() == 2 && word[0] == '-';
    if (auto const* const filter = letter ? parser::command::find_filter(word[1]) : nullptr) {
        if (!filter->supported) return misuse("the filter " + word + " is not supported yet");
        if (at + 1 == words.size()) return misuse("the filter " + word + " needs a value");
        to.operands.push_back({filter->keyword, {words[++at]}});
        return {};
    }
    if (letter) return take_report(to, word, parser::command::find_report(word[1]));
    if (to.report == nullptr && word.find('=') == std::string::npos)
        return take_report(to, word, parser::command::find_report(std::string_view(word)));
    auto typed = keyword_operand(word);
    // As on TSO and z/OS UNIX, where the value of a filter is a word of its own.
    if (typed.values.empty() && parser::command::find_filter(word) != nullptr &&
        at + 1 < words.size())
        typed.values.emplace_back(words[++at]);
    to.operands.push_back(std::move(typed));
    return {};
}

}  // namespace

int run_netstat(context const& with, std::vector<std::string> const& words) {
    netstat_words typed;
    for (std::size_t at = 0; at < words.size(); ++at)
        if (auto const taken = take_word(typed, words, at); taken.has_error())
            return fail(with, taken.error().message), exit_usage;
    auto const which =
        typed.report != nullptr ? typed.report->which : parser::command::report_id::conn;
    auto const options = parser::command::to_options(which, typed.operands, nullptr);
    if (auto const* const wrong = std::get_if<parser::command::command_error>(&options)) {
        std::string const expected = wrong->expected.empty() ? "" : "; expected " + wrong->expected;
        return fail(with, misuse(wrong->text + expected).message), exit_usage;
    }
    auto const& chosen = std::get<parser::command::report_options>(options);
    auto const asked = report_request(which, chosen);
    if (asked.has_error()) return fail(with, misuse(asked.error().message).message), exit_usage;
    return show_report(with, *asked,
                       {with.json || typed.json, front_end::unix_shell, layout_of(chosen)});
}

}  // namespace operators
