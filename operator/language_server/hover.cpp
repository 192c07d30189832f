// What a statement is for.
#include "operator/language_server/features.hpp"
#include "operator/language_server/purpose.hpp"
#include "parser/parse.hpp"
#include "parser/source/lexical.hpp"
#include "parser/statement/table.hpp"
#include "parser/suggestion.hpp"

#include <fmt/format.h>

namespace operators::lsp {

namespace {

namespace json = boost::json;
using parser::grammar::statement_entry;

/// The name of a statement in a document, or an END word.
struct named_statement {
    std::size_t begin = 0;
    std::string_view word;
    parser::outline_kind kind = parser::outline_kind::statement;
};

std::optional<named_statement> statement_at(document const& in, std::size_t offset,
                                            parser::parse_result const& parsed) {
    std::string_view const text = in.text();
    for (auto const& entry : parsed.outline) {
        auto const where = parsed.profile.source->locate(entry.where);
        if (where.file != in.name()) continue;
        std::size_t const begin = in.offset_of_place(where.line, where.column);
        if (begin > offset) continue;
        auto const word = parser::word_at(text.data() + begin, text.data() + text.size());
        if (offset <= begin + word.size()) return named_statement{begin, word, entry.kind};
    }
    return std::nullopt;
}

statement_entry const* find_inner(std::string_view word) {
    for (auto const& block : parser::grammar::all_statements())
        if (auto const* entry = parser::grammar::find_statement(block.inside, word)) return entry;
    return nullptr;
}

std::string describe(statement_entry const& entry) {
    std::string text = fmt::format("**{}**", parser::full_word(entry.keyword));
    std::size_t const least = parser::minimum_of(entry.keyword);
    if (least < entry.keyword.size())
        text += fmt::format(" (at least {})", entry.keyword.substr(0, least));
    if (!entry.end_word.empty()) text += fmt::format(" ... {}", parser::full_word(entry.end_word));
    if (auto const purpose = purpose_of(entry.keyword); !purpose.empty())
        text += fmt::format("\n\n{}.", purpose);
    if (!entry.note.empty()) text += fmt::format("\n\nChanges nothing here: {}.", entry.note);
    if (!entry.reason.empty()) text += fmt::format("\n\nNot supported: {}.", entry.reason);
    return text + "\n\ntcpplex.profile(5)";
}

std::string describe_end(std::string_view word) {
    for (auto const& block : parser::grammar::all_statements())
        if (parser::grammar::is_end_word(block, word))
            return fmt::format("**{}** ends {}.", parser::full_word(block.end_word),
                               parser::full_word(block.keyword));
    return {};
}

std::string describe(named_statement const& at) {
    if (at.kind == parser::outline_kind::block_end) return describe_end(at.word);
    auto const* const entry =
        at.kind == parser::outline_kind::inner
            ? find_inner(at.word)
            : parser::grammar::find_statement(parser::grammar::all_statements(), at.word);
    return entry == nullptr ? std::string() : describe(*entry);
}

}  // namespace

json::value hover(document const& in, position at, surroundings const& around) {
    auto const parsed = parser::parse(in.name(), around.read, around.symbols);
    auto const found = statement_at(in, in.offset_of(at), parsed);
    std::string const text = found ? describe(*found) : std::string();
    if (text.empty()) return nullptr;
    return json::object{{"contents", {{"kind", "markdown"}, {"value", text}}},
                        {"range", range_of(in, found->begin, found->word.size())}};
}

}  // namespace operators::lsp
