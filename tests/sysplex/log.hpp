// What the stacks say, with the time and their names.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sim {

/// From here on messages are printed too.
void print_messages();
/// And the changes of keys in whose names this is.
void print_changes_of(std::string part);
/// Of what changes in the store, by whom it is for the reader of the messages to see.
void tell_change(std::string const& key, std::string const& what);
std::vector<std::string> last_messages();
/// The first error of a standing check, or other damage that a stack has found.
std::optional<std::string> first_violation();

}  // namespace sim
