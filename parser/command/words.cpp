#include "parser/command/words.hpp"

#include <boost/fusion/include/adapt_struct.hpp>
#include <boost/range/iterator_range.hpp>
#include <boost/spirit/home/x3.hpp>

namespace parser::command {

namespace {

using range = boost::iterator_range<char const*>;

struct raw_operand {
    range key;
    std::vector<range> values;
};

struct raw_command {
    range verb;
    range system;
    range stack;
    std::vector<raw_operand> operands;
};

}  // namespace

}  // namespace parser::command

BOOST_FUSION_ADAPT_STRUCT(parser::command::raw_operand, key, values)
BOOST_FUSION_ADAPT_STRUCT(parser::command::raw_command, verb, system, stack, operands)

namespace parser::command {

namespace {

namespace x3 = boost::spirit::x3;

namespace rules {

/// Not a blank or a control character; names of files may have any other byte.
auto const visible = ~x3::char_("\x01-\x20\x7f");

// clang-format off
auto const value    = x3::rule<struct value_id, range>("a value")
                    = x3::raw[(visible - x3::char_(",=()")) >> *(visible - x3::char_(",="))];
auto const item     = x3::rule<struct item_id, range>("a value")
                    = x3::raw[+(visible - x3::char_(",=()"))];
auto const values   = x3::rule<struct values_id, std::vector<range>>("a value or a list of values")
                    = ('(' > item % ',' > ')') | x3::repeat(1)[value];
auto const key      = x3::rule<struct key_id, range>("an operand")
                    = x3::raw[(visible - x3::char_(",=()")) >> *(visible - x3::char_(",="))];
auto const operand_ = x3::rule<struct operand_id, raw_operand>("an operand")
                    = key >> (('=' > values) | x3::attr(std::vector<range>()));
auto const verb     = x3::rule<struct verb_id, range>("DISPLAY or VARY")
                    = x3::raw[+x3::alpha];
auto const system_  = x3::rule<struct system_id, range>("TCPIP")
                    = x3::raw[x3::no_case["TCPIP"]];
auto const stack    = x3::rule<struct stack_id, range>("the name of a stack, or a comma")
                    = x3::raw[*(x3::alnum | x3::char_("@#$"))];
auto const end      = x3::rule<struct end_id>("a comma or the end of the command")
                    = x3::eoi;
auto const line     = x3::rule<struct line_id, raw_command>("a command")
                    = (x3::omit[*x3::blank] >> verb) > x3::omit[+x3::blank] > system_ > ',' > stack > ','
                    > (operand_ % ',') > x3::omit[*x3::blank] > end;
// clang-format on

}  // namespace rules

std::string_view view(range const& text) {
    return {text.begin(), static_cast<std::size_t>(text.size())};
}

operand to_operand(raw_operand const& raw) {
    operand made{view(raw.key), {}};
    for (auto const& text : raw.values)
        made.values.push_back(view(text));
    return made;
}

}  // namespace

std::variant<command_words, command_error> split_command(std::string_view text) {
    char const* at = text.data();
    char const* const last = at + text.size();
    raw_command raw;
    try {
        if (!x3::parse(at, last, rules::line, raw))
            return command_error{0, "that is no command", "DISPLAY or VARY", {}};
    } catch (x3::expectation_failure<char const*> const& failure) {
        return command_error{static_cast<std::size_t>(failure.where() - text.data()),
                             "the command is not complete or has something unexpected here",
                             failure.which(),
                             {}};
    }
    command_words words{view(raw.verb), view(raw.stack), {}};
    for (auto const& one : raw.operands)
        words.operands.push_back(to_operand(one));
    return words;
}

}  // namespace parser::command
