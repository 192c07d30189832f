// Echo, discard and chargen on lwIP's raw interface.
#pragma once

namespace peers::lwip {

/// Listens on ports 7, 9 and 19. With the core lock held, as all of this.
void start_services();

}  // namespace peers::lwip
