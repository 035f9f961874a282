# Files that are built into the program, as the assets of service/pages/asset.hpp.

# faceward_embed(LIBRARY FUNCTION namespace::function FILES path=file…): a library whose function, declared elsewhere as
# `std::span<const faceward::pages::Asset> function();`, gives the files under the paths at which they are served.
# A folder stands for the files in it; when they change, a file that DEPENDS names must.
function(faceward_embed library)
    cmake_parse_arguments(EMBED "" "FUNCTION" "FILES;DEPENDS" ${ARGN})
    list(TRANSFORM EMBED_FILES REPLACE "^[^=]*=" "" OUTPUT_VARIABLE files)
    list(APPEND files ${EMBED_DEPENDS})
    set(script ${CMAKE_SOURCE_DIR}/cmake/embed.py)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/${library}.cpp)
    add_custom_command(OUTPUT ${source}
        COMMAND /usr/bin/python3 ${script} ${source} ${EMBED_FUNCTION} ${EMBED_FILES}
        DEPENDS ${script} ${files} VERBATIM)
    # The compiler's own list of what a source is made from does not know what the assembler reads.
    set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${files}")
    add_library(${library} STATIC ${source})
    target_link_libraries(${library} PUBLIC pages)
endfunction()

# faceward_json(OUTPUT YAML): makes the file OUTPUT, the same data in JSON.
function(faceward_json output yaml)
    set(script ${CMAKE_SOURCE_DIR}/cmake/yaml_to_json.py)
    add_custom_command(OUTPUT ${output} COMMAND /usr/bin/python3 ${script} ${yaml} ${output}
        DEPENDS ${script} ${yaml} VERBATIM)
endfunction()
