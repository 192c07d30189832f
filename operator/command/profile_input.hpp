// The profiles that commands look at: files, or standard input under a name.
#pragma once

#include "operator/context.hpp"
#include "parser/source/text.hpp"

#include <boost/system/result.hpp>

#include <string>

namespace operators {

/// What messages call standard input that was given no name.
inline constexpr char const* input_name = "<stdin>";

struct profile_input {
    std::string name;  ///< as messages show it; relative names of INCLUDEs are beside it
    boost::system::result<std::string> text;  ///< as in the file, or why it could not be read
};

profile_input open_profile(std::string const& file);

/// Standard input up to its end, or a little further than any profile may be.
profile_input read_profile(context const& with, std::string const& name);

/// Gives the text of `input`, which must live as long; opens other files with the caller's rights.
parser::source_reader reader_of(profile_input const& input);

}  // namespace operators
