#include "parser/source/encoding.hpp"

#include "parser/source/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include <iconv.h>

namespace parser {

namespace {

/// Enough to tell EBCDIC from ASCII.
constexpr std::size_t sample_size = 4096;

bool within(unsigned byte, unsigned first, unsigned last) {
    return byte >= first && byte <= last;
}

bool is_ebcdic_word(unsigned char byte) {
    unsigned const capital = byte | 0x40U;
    return within(byte, 0xF0, 0xF9) || byte == 0x40 || within(capital, 0xC1, 0xC9) ||
           within(capital, 0xD1, 0xD9) || within(capital, 0xE2, 0xE9);
}

bool is_ascii_word(unsigned char byte) {
    return within(byte, '0', '9') || byte == ' ' || within(byte | 0x20U, 'a', 'z');
}

/// Profiles are letters, digits and blanks: whichever code has more of them. Comments in UTF-8 can
/// look like EBCDIC, but EBCDIC does not look like UTF-8.
bool is_ebcdic(std::string_view text) {
    std::string_view const sample = text.substr(0, sample_size);
    auto const as = [&](auto is_word) {
        return std::count_if(sample.begin(), sample.end(),
                             [&](char c) { return is_word(static_cast<unsigned char>(c)); });
    };
    return as(is_ebcdic_word) > as(is_ascii_word) && !is_utf8(text);
}

boost::system::result<std::string> to_utf8(std::string const& text, char const* code) {
    auto const failed = [] {
        return boost::system::error_code(errno, boost::system::generic_category());
    };
    iconv_t const converter = ::iconv_open("UTF-8", code);
    if (converter == iconv_t(-1)) return failed();
    std::string result(text.size() * 2 + 4,
                       '\0');  // 1 byte of 1047 becomes 2, 2 of UTF-16 become 3
    std::string copy = text;   // iconv reads through a pointer to non-const
    char* from = copy.data();
    std::size_t from_left = copy.size();
    char* to = result.data();
    std::size_t to_left = result.size();
    bool const good = ::iconv(converter, &from, &from_left, &to, &to_left) != std::size_t(-1);
    auto const problem = failed();
    ::iconv_close(converter);
    if (!good) return problem;
    result.resize(result.size() - to_left);
    return result;
}

constexpr char ebcdic_nel = 0x15;
constexpr std::array ebcdic_line_ends{ebcdic_nel, char{0x25}, char{0x0D}};

bool is_records(std::string const& text) {
    return text.size() > record_length && text.size() % record_length == 0 &&
           std::find_first_of(text.begin(), text.end(), ebcdic_line_ends.begin(),
                              ebcdic_line_ends.end()) == text.end();
}

std::string with_line_ends(std::string const& records) {
    std::string lines;
    for (std::size_t at = 0; at < records.size(); at += record_length)
        lines.append(records, at, record_length) += ebcdic_nel;
    return lines;
}

/// iconv makes U+0085 of NEL.
void nel_to_line_feed(std::string& text) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const nel = text[at] == '\xC2' && at + 1 < text.size() && text[at + 1] == '\x85';
        text[kept++] = nel ? '\n' : text[at];
        if (nel) ++at;
    }
    text.resize(kept);
}

boost::system::result<decoded_text> from_ebcdic(std::string text) {
    bool const records = is_records(text);
    if (records) text = with_line_ends(text);
    auto converted = to_utf8(text, "IBM1047");
    if (converted.has_error()) return converted.error();
    nel_to_line_feed(*converted);
    std::string remark = "taken for EBCDIC, code page 1047";
    if (records) remark += fmt::format(", in records of {} bytes", record_length);
    return decoded_text{std::move(*converted), std::move(remark)};
}

boost::system::result<decoded_text> to_text(std::string text) {
    if (text.starts_with("\xEF\xBB\xBF")) return decoded_text{text.erase(0, 3), {}};
    if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE")) {
        auto converted = to_utf8(text, "UTF-16");
        if (converted.has_error()) return converted.error();
        return decoded_text{std::move(*converted), "taken for UTF-16, as its first two bytes say"};
    }
    if (is_ebcdic(text)) return from_ebcdic(std::move(text));
    return decoded_text{std::move(text), {}};
}

}  // namespace

boost::system::result<decoded_text> decode(std::string text) {
    auto result = to_text(std::move(text));
    if (result.has_error()) return result;
    while (result->text.ends_with('\x1A'))
        result->text.pop_back();
    return result;
}

}  // namespace parser
