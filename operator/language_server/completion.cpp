// Keywords for the place of the cursor.
#include "operator/language_server/features.hpp"
#include "operator/language_server/purpose.hpp"
#include "parser/format/token.hpp"
#include "parser/parse.hpp"
#include "parser/source/lexical.hpp"
#include "parser/suggestion.hpp"

#include <set>

namespace operators::lsp {

namespace {

namespace json = boost::json;

constexpr int keyword_kind = 14;  // CompletionItemKind.Keyword

std::size_t word_begin(std::string_view text, std::size_t at) {
    while (at > 0 && !parser::ends_word(text[at - 1]))
        --at;
    return at;
}

bool in_comment(std::string_view before) {
    auto const tokens = parser::format::tokens_of(before);
    return !tokens.empty() && tokens.back().comment &&
           before.find('\n', tokens.back().offset) == std::string_view::npos;
}

json::object item(std::string const& keyword, json::object const& range) {
    std::string const word = parser::full_word(keyword);
    std::string const least = keyword.substr(0, parser::minimum_of(keyword));
    json::object result{{"label", word},
                        {"kind", keyword_kind},
                        {"textEdit", {{"range", range}, {"newText", word}}}};
    if (least != word) result["detail"] = "at least " + least;
    if (auto const purpose = purpose_of(keyword); !purpose.empty())
        result["documentation"] = purpose;
    return result;
}

}  // namespace

json::array completions(document const& in, position at, surroundings const& around) {
    std::size_t const end = in.offset_of(at);
    std::string_view const text = in.text();
    std::size_t const begin = word_begin(text, end);
    if (in_comment(text.substr(0, begin))) return {};
    auto const before = [&](std::string const& name) -> boost::system::result<std::string> {
        if (name == in.name()) return std::string(text.substr(0, begin));
        return around.read(name);
    };
    auto const keywords = parser::keywords_at_end(in.name(), before, around.symbols);
    json::object const range = range_of(in, begin, end - begin);
    json::array result;
    for (auto const& keyword : std::set(keywords.begin(), keywords.end()))
        result.push_back(item(keyword, range));
    return result;
}

}  // namespace operators::lsp
