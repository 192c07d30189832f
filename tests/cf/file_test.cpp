// The facility's file: created once, refused if it is not one, replaced only after a boot.
#include "cf/backend/shared_memory/byte_lock.hpp"
#include "cf/backend/shared_memory/identity.hpp"
#include "stacks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cf::test {
namespace {

using shared_memory::file_contents;
using shared_memory::identity;
using ::testing::AllOf;
using ::testing::HasSubstr;

struct facility_file : ::testing::Test {
    scratch directory;
    std::string path = directory.file();

    void create() { ASSERT_TRUE(shared_memory::backend::open(path)); }
    // Changes the file's identity with `change`; its checksum is made good if `consistent`.
    template <class Change>
    void alter(Change change, bool consistent) {
        identity id{};
        int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        ASSERT_EQ(::pread(file, &id, sizeof id, 0), static_cast<ssize_t>(sizeof id));
        change(id);
        if (consistent) shared_memory::seal(id);
        ASSERT_EQ(::pwrite(file, &id, sizeof id, 0), static_cast<ssize_t>(sizeof id));
        ::close(file);
    }
    std::string first_bytes() const {
        std::string bytes(4096, '\0');
        std::ifstream(path).read(bytes.data(), 4096);
        return bytes;
    }
    // Refused with this text, which also says what to do; and the file is as it was.
    void expect_refused(char const* what) {
        auto before = first_bytes();
        auto opened = shared_memory::backend::open(path);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, error::unavailable);
        EXPECT_THAT(opened.error().text,
                    AllOf(HasSubstr(path), HasSubstr(what), HasSubstr("It was left as it is")));
        EXPECT_EQ(first_bytes(), before);
    }
};

TEST_F(facility_file, is_refused_if_it_is_empty) {
    std::ofstream{path};
    ::chmod(path.c_str(), 0600);
    expect_refused("truncated: 0 bytes");
}

TEST_F(facility_file, is_refused_if_it_is_truncated) {
    create();
    std::filesystem::resize_file(path, sizeof(file_contents) / 2);
    expect_refused("truncated");
}

TEST_F(facility_file, is_refused_if_it_is_something_else) {
    std::ofstream(path) << std::string(10000, 'x');
    ::chmod(path.c_str(), 0600);
    expect_refused("not a file of tcpplex");
}

TEST_F(facility_file, is_refused_if_it_has_another_version) {
    create();
    alter([](identity& id) { id.version = 99; }, true);
    expect_refused("layout version 99");
}

TEST_F(facility_file, is_refused_if_any_byte_of_its_header_is_flipped) {
    create();
    for (std::size_t at = 0; at < sizeof(identity); ++at) {
        alter([at](identity& id) { reinterpret_cast<char*>(&id)[at] ^= 1; }, false);
        expect_refused("");
        alter([at](identity& id) { reinterpret_cast<char*>(&id)[at] ^= 1; }, false);
        if (HasFailure()) FAIL() << "byte " << at;
    }
}

TEST_F(facility_file, is_refused_if_others_may_write_it) {
    create();
    ::chmod(path.c_str(), 0666);
    expect_refused("others than its owner may write it");
}

TEST_F(facility_file, is_refused_if_its_path_is_a_link_or_its_directory_is_missing) {
    std::filesystem::create_symlink("/nonexistent", path);
    EXPECT_FALSE(shared_memory::backend::open(path));
    auto missing = shared_memory::backend::open((directory.path() / "no" / "file").string());
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().text, HasSubstr("directory must exist"));
}

TEST_F(facility_file, of_an_earlier_boot_is_replaced) {
    {
        auto stack = join_file(path, "TCPIPA");
        share(d1, *stack);
        stack->claim(d1, 40000, patience::wait).value();
    }
    alter([](identity& id) { id.boot_id[0] = id.boot_id[0] == 'a' ? 'b' : 'a'; }, true);
    auto stack = join_file(path, "TCPIPB");
    EXPECT_TRUE(stack->dvipas().empty());
    EXPECT_EQ(stack->self().incarnation, 1U);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1)
        << "nothing is left over";
}

TEST_F(facility_file, is_refused_if_its_tables_have_another_size) {
    { ASSERT_TRUE(shared_memory::backend::open(path, {.connections = 1024})); }
    expect_refused("have space for 1024 connections, and this stack asks for 262144");
    EXPECT_TRUE(shared_memory::backend::open(path, {.connections = 1024}));
}

TEST_F(facility_file, of_an_earlier_boot_is_replaced_whatever_the_size_of_its_tables) {
    { ASSERT_TRUE(shared_memory::backend::open(path, {.connections = 1024})); }
    alter([](identity& id) { id.boot_id[0] = id.boot_id[0] == 'a' ? 'b' : 'a'; }, true);
    EXPECT_TRUE(shared_memory::backend::open(path));
}

TEST_F(facility_file, is_not_made_with_tables_that_cannot_be) {
    for (auto const connections : {0U, 512U, 3000U, 16777216U}) {
        auto const refused = shared_memory::backend::open(path, {.connections = connections});
        ASSERT_FALSE(refused) << connections;
        EXPECT_THAT(refused.error().text, HasSubstr("power of two from 1024 to 8388608"));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_TRUE(shared_memory::backend::open(path, {.connections = 8388608}));
}

TEST_F(facility_file, of_an_earlier_boot_with_living_stacks_is_refused) {
    auto stack = join_file(path, "TCPIPA");
    alter([](identity& id) { id.boot_id[0] = id.boot_id[0] == 'a' ? 'b' : 'a'; }, true);
    expect_refused("stacks use it");
}

TEST_F(facility_file, is_the_same_for_starters_that_create_it_at_once) {
    constexpr int starters = 8;
    std::vector<std::thread> threads;
    std::array<std::uint32_t, starters> incarnations{};
    std::vector<std::unique_ptr<connector>> stacks(starters);
    for (std::size_t i = 0; i < starters; ++i)
        threads.emplace_back([&, i] { stacks[i] = join_file(path, "S" + std::to_string(i)); });
    for (auto& thread : threads)
        thread.join();
    for (std::size_t i = 0; i < starters; ++i)
        incarnations[i] = stacks[i]->self().incarnation;
    std::sort(incarnations.begin(), incarnations.end());
    for (std::uint32_t i = 0; i < starters; ++i)
        EXPECT_EQ(incarnations[i], i + 1);
    EXPECT_EQ(stacks[0]->members().size(), 8U);
}

TEST_F(facility_file, takes_little_space_until_it_is_used) {
    auto stack = join_file(path, "TCPIPA");
    share(d1, *stack);
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(static_cast<std::size_t>(status.st_size),
              shared_memory::current_identity(shared_memory::default_connections).file_bytes);
    EXPECT_LT(status.st_blocks * 512, 512 * 1024);
}

TEST_F(facility_file, holds_1024_dvipas_and_says_so) {
    auto stack = join_file(path, "TCPIPA");
    for (std::uint32_t i = 0; i < 1024; ++i) {
        auto created = stack->begin_enable(dvipa::v4(0x0a020000U + i), {});
        ASSERT_TRUE(created) << created.error().text;
    }
    auto refused = stack->begin_enable(dvipa::v4(0x0b000000U), {});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr("table of 1024 DVIPAs is full"));
    EXPECT_EQ(stack->dvipas().size(), 1024U);
    EXPECT_EQ(stack->who_holds(dvipa::v4(0x0b000000U), 1).what, port_holder::kind::nobody);
}

TEST_F(facility_file, with_damaged_contents_is_read_within_its_bounds) {
    auto stack = join_file(path, "TCPIPA");
    share(d1, *stack);
    int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    std::string damage(sizeof(shared_memory::slot_record) * 63, '\xff');
    auto slots =
        static_cast<off_t>(offsetof(file_contents, slots) + sizeof(shared_memory::slot_record));
    ASSERT_GT(::pwrite(file, damage.data(), damage.size(), slots), 0);
    ::close(file);
    EXPECT_EQ(stack->members().size(), 1U);
    EXPECT_TRUE(stack->check().empty());
    EXPECT_TRUE(stack->allocate(d1, remote, {}, patience::wait));
}

}  // namespace
}  // namespace cf::test
