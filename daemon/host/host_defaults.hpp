// How the settings that a file leaves out follow from those it has.
#pragma once

#include "daemon/host/host_settings.hpp"

#include <vector>

namespace tcpplexd {

/// Fills every empty member of `settings`. What cannot be derived is added to `errors`, with the
/// setting that would say it.
void complete(host_settings& settings, settings_origin const& origin,
              std::vector<settings_error>& errors);

}  // namespace tcpplexd
