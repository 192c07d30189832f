// Formatting as an editor's edits.
#include "operator/language_server/features.hpp"
#include "parser/format/format.hpp"

namespace operators::lsp {

namespace json = boost::json;

std::optional<json::array> formatting(document const& in, surroundings const& around) {
    auto const parsed = parser::parse(in.name(), around.read, around.symbols);
    if (!parsed.whole) return std::nullopt;
    std::string const text = parser::format::format(parsed);
    if (text == in.text()) return json::array();
    return json::array{
        json::object{{"range", range_of(in, 0, in.text().size())}, {"newText", text}}};
}

}  // namespace operators::lsp
