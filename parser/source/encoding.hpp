// Profiles that are not plain ASCII or UTF-8: those brought from z/OS as they were, and those that
// an editor saved with a byte-order mark.
#pragma once

#include <boost/system/result.hpp>

#include <string>

namespace parser {

/// Length of the records that z/OS keeps profiles in; a binary transfer leaves no line ends.
constexpr std::size_t record_length = 80;

struct decoded_text {
    std::string text;  ///< ASCII or UTF-8, or whatever it was; lines end in \n or \r\n
    std::string
        remark;  ///< what it was taken for, a sentence without a full stop; empty if not worth one
};

/// Text in EBCDIC, found by its content, is converted from code page 1047, in which NEL or LF end
/// lines; UTF-16 by its byte-order mark. The mark, and Ctrl-Z at the end, are taken off. Errors:
/// those of iconv(3).
boost::system::result<decoded_text> decode(std::string text);

}  // namespace parser
