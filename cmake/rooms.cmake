# How a room is built. A room is a folder: its sources make one static library, and each file
# NAME_test.cpp beside them goes into one test program of the room.

add_library(faceward_flags INTERFACE)
# -Wrestrict: GCC 12 sees an overlap in every `"literal" + std::string` (GCC bug 105651).
target_compile_options(faceward_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wno-restrict -Werror)
target_include_directories(faceward_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(faceward_flags INTERFACE ${FACEWARD_SANITIZE_COMPILE})
target_link_options(faceward_flags INTERFACE ${FACEWARD_SANITIZE_LINK})

# faceward_room(NAME SOURCES file… [USES library…])
function(faceward_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;USES" ${ARGN})
    add_library(${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(${name} PUBLIC faceward_flags ${ROOM_USES})
endfunction()

# faceward_room_tests(ROOM SOURCES file_test.cpp… [USES library…]): the program ROOM_test, each case known to ctest.
function(faceward_room_tests room)
    if(NOT FACEWARD_TESTS)
        return()
    endif()
    cmake_parse_arguments(TESTS "" "" "SOURCES;USES" ${ARGN})
    find_package(GTest REQUIRED)
    include(GoogleTest)
    add_executable(${room}_test ${TESTS_SOURCES})
    target_link_libraries(${room}_test PRIVATE ${room} ${TESTS_USES} GTest::gmock GTest::gtest_main)
    gtest_discover_tests(${room}_test TEST_PREFIX "${room}/" DISCOVERY_MODE PRE_TEST
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} PROPERTIES TIMEOUT 120)
endfunction()
