// What separates words in a profile: blanks, ends of lines and comments.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace parser {

/// Some of all characters; to ask for one takes the same time however many they are.
class character_set {
  public:
    constexpr explicit character_set(std::string_view characters) { add(characters); }

    /// These, and `more`.
    constexpr character_set with(std::string_view more) const {
        character_set result = *this;
        result.add(more);
        return result;
    }
    constexpr bool has(char c) const { return among_[static_cast<unsigned char>(c)]; }

  private:
    constexpr void add(std::string_view characters) {
        for (char const c : characters)
            among_[static_cast<unsigned char>(c)] = true;
    }

    std::array<bool, 256> among_{};
};

inline constexpr character_set blank_characters(" \n\t\r\f\v");
/// A comment needs no blank before it: `REPL;CHG` is a word and a comment, as z/OS profiles in use
/// have it.
inline constexpr character_set word_ends = blank_characters.with(";");

inline bool is_blank(char c) {
    return blank_characters.has(c);
}

inline bool ends_word(char c) {
    return word_ends.has(c);
}

/// The end of the line, or of the text.
inline char const* line_end(char const* at, char const* end) {
    auto const* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    return found == nullptr ? end : static_cast<char const*>(found);
}

/// The first place that is neither blank nor in a comment.
inline char const* skip_blanks(char const* at, char const* end) {
    while (at != end) {
        if (*at == ';')
            at = line_end(at, end);
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
