#include "parser/format/token.hpp"

#include "parser/source/lexical.hpp"

namespace parser::format {

namespace {

constexpr std::size_t tab_width = 8;

/// From the semicolon to the end of the line, without the blanks there.
std::string_view comment_at(std::string_view rest) {
    std::string_view comment = rest.substr(0, rest.find('\n'));
    while (is_blank(comment.back()))
        comment.remove_suffix(1);
    return comment;
}

/// A quote without an end goes to the end of its line, which may be a carriage return alone.
bool ends_line(token const& last) {
    return last.text.front() == '"' && last.text.find('"', 1) == std::string_view::npos;
}

}  // namespace

std::vector<token> tokens_of(std::string_view text) {
    std::vector<token> tokens;
    std::size_t column = 0;
    std::size_t breaks = 0;
    for (std::size_t at = 0; at < text.size();) {
        char const c = text[at];
        if (is_blank(c)) {
            if (c == '\n') ++breaks;
            column = c == '\n' ? 0 : c == '\t' ? (column / tab_width + 1) * tab_width : column + 1;
            ++at;
            continue;
        }
        token found{{}, at, column, breaks, c == ';'};
        found.text = found.comment ? comment_at(text.substr(at))
                                   : word_at(text.data() + at, text.data() + text.size());
        if (breaks == 0 && !tokens.empty() && ends_line(tokens.back())) found.breaks = 1;
        at += found.text.size();
        column += found.text.size();
        breaks = 0;
        tokens.push_back(found);
    }
    return tokens;
}

}  // namespace parser::format
