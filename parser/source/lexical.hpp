// What separates words in a profile: blanks, ends of lines and comments.
#pragma once

#include <string_view>

namespace parser {

inline bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/// A comment needs no blank before it: `REPL;CHG` is a word and a comment, as z/OS profiles in use
/// have it.
inline bool ends_word(char c) {
    return is_blank(c) || c == ';';
}

/// The first place that is neither blank nor in a comment.
inline char const* skip_blanks(char const* at, char const* end) {
    while (at != end) {
        if (*at == ';')
            while (at != end && *at != '\n')
                ++at;
        else if (is_blank(*at))
            ++at;
        else
            break;
    }
    return at;
}

/// The word that begins at `at`; empty if none does. `"..."` is one word up to the end of the line.
inline std::string_view word_at(char const* at, char const* end) {
    char const* last = at;
    if (last != end && *last == '"') {
        ++last;
        while (last != end && *last != '"' && *last != '\n' && *last != '\r')
            ++last;
        if (last != end && *last == '"') ++last;
    }
    while (last != end && !ends_word(*last))
        ++last;
    return {at, static_cast<std::size_t>(last - at)};
}

inline char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// Whether `word` is `spelling` in any case.
inline bool same_word(std::string_view word, std::string_view spelling) {
    if (word.size() != spelling.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (upper(word[i]) != upper(spelling[i])) return false;
    return true;
}

/// Whether `word` is a legal abbreviation of `keyword`, whose upper-case beginning is the least
/// that must be written: "VIPADISTribute" may be VIPADIST, vipadistri, ... `minimum` is the length
/// of that beginning.
inline bool abbreviates(std::string_view word, std::string_view keyword, std::size_t minimum) {
    return word.size() >= minimum && word.size() <= keyword.size() &&
           same_word(word, keyword.substr(0, word.size()));
}

/// The least that must be written of a keyword: up to its first lower-case letter.
constexpr std::size_t minimum_of(std::string_view keyword) {
    std::size_t length = 0;
    while (length < keyword.size() && !(keyword[length] >= 'a' && keyword[length] <= 'z'))
        ++length;
    return length;
}

}  // namespace parser
