# Builds the library that the tools share. It has no dependency that is not found
# on every system.
cmake_minimum_required(VERSION 3.20)
project(example   LANGUAGES C)   # trailing


#[[ A bracket comment
# of several lines
]]
set(TEXT "first line
# not a comment
  second # line")
set(RAW [=[
# raw
]] # still raw
]=])

if(WIN32)
    # Only there, the library has another name.
    add_library(core SHARED
        # the sources
        a.c
        b.c   # why
    )
elseif(UNIX)
    message(STATUS "a \" b")
    # cmake-lint: disable=C0103
endif()
