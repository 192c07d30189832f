// Names of files as URIs and back.
#include "parser/source/file_uri.hpp"

#include <gtest/gtest.h>

namespace parser {
namespace {

TEST(file_uris, of_absolute_names_come_back_as_the_same_name) {
    EXPECT_EQ(to_file_uri("/etc/tcpip1.profile"), "file:///etc/tcpip1.profile");
    for (std::string const name : {"/a b/100%/\xC3\xA4", "/dir/#x?y:z", "/"})
        EXPECT_EQ(from_file_uri(to_file_uri(name)), name);
}

TEST(file_uris, of_relative_names_are_relative_references) {
    EXPECT_EQ(to_file_uri("dir/a.profile"), "dir/a.profile");
    EXPECT_EQ(to_file_uri("<stdin>"), "%3Cstdin%3E");
    EXPECT_EQ(to_file_uri("a:b"), "a%3Ab");
}

TEST(file_uris, of_other_schemes_name_no_file) {
    for (auto const* other : {"untitled:Untitled-1", "http://host/file", "file:relative", "", "%%"})
        EXPECT_EQ(from_file_uri(other), std::nullopt) << other;
}

}  // namespace
}  // namespace parser
