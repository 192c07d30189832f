#include "daemon/host/memory_limit.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include <sys/resource.h>

namespace tcpplexd {
namespace {

namespace fs = std::filesystem;

/// A tree like that of cgroup v2.
class cgroups : public testing::Test {
  protected:
    cgroups() { fs::create_directories(mount / "system.slice/tcpplexd.service"); }
    ~cgroups() override { fs::remove_all(mount); }
    cgroups(cgroups const&) = delete;
    cgroups& operator=(cgroups const&) = delete;
    void write(std::string const& file, std::string const& text) const {
        std::ofstream(mount / file) << text << "\n";
    }
    unsigned percent() const {
        return cgroup_memory_percent(mount,
                                     "1:name=systemd:/old\n0::/system.slice/tcpplexd.service\n");
    }
    static fs::path new_directory() {
        auto name = testing::TempDir() + "cgroups-XXXXXX";
        return ::mkdtemp(name.data());
    }
    fs::path const mount = new_directory();
};

TEST_F(cgroups, without_a_limit_is_nothing) {
    EXPECT_EQ(percent(), 0U);
    write("system.slice/tcpplexd.service/memory.max", "max");
    write("system.slice/tcpplexd.service/memory.current", "1000");
    EXPECT_EQ(percent(), 0U);
}

TEST_F(cgroups, the_tightest_limit_counts_also_one_further_up) {
    write("system.slice/tcpplexd.service/memory.max", "2000");
    write("system.slice/tcpplexd.service/memory.current", "1000");
    EXPECT_EQ(percent(), 50U);
    write("system.slice/memory.max", "4000");
    write("system.slice/memory.current", "3960");
    EXPECT_EQ(percent(), 99U);
    write("memory.max", "1");  // a container's root has one
    write("memory.current", "1");
    EXPECT_EQ(percent(), 100U);
}

TEST_F(cgroups, pages_of_files_that_the_kernel_can_take_back_do_not_count) {
    write("system.slice/tcpplexd.service/memory.max", "1000");
    write("system.slice/tcpplexd.service/memory.current", "1000");
    write("system.slice/tcpplexd.service/memory.stat", "anon 300\ninactive_file 700\nslab 1");
    EXPECT_EQ(percent(), 30U);
}

TEST_F(cgroups, a_process_of_the_old_kind_or_from_outside_has_what_is_visible) {
    EXPECT_EQ(cgroup_memory_percent(mount, "4:memory:/a\n"), 0U);
    write("memory.max", "100");
    write("memory.current", "70");
    EXPECT_EQ(cgroup_memory_percent(mount, "0::/../outside\n"), 70U);
}

TEST(address_space, is_measured_against_its_limit) {
    EXPECT_EQ(address_space_percent("25 3 1 0 0 0 0\n", 4096, 409600), 25U);
    EXPECT_EQ(address_space_percent("25 3 1 0 0 0 0\n", 4096, RLIM_INFINITY), 0U);
}

}  // namespace
}  // namespace tcpplexd
