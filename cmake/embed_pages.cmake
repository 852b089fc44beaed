# SPDX-License-Identifier: Apache-2.0
# Writes OUT, a source that holds every page below FOLDER by its path without the ending: cmake -DFOLDER=.. -DOUT=.. -P embed_pages.cmake
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*.md)
list(SORT files)
set(rows "")
foreach(file IN LISTS files)
  file(READ ${FOLDER}/${file} text)
  string(REGEX REPLACE "\\.md$" "" name ${file})
  string(APPEND rows "  {\"${name}\", R\"page(${text})page\"},\n")
endforeach()
file(WRITE ${OUT} "#include \"cli/line/pages.h\"\n\nnamespace tocsin::cli {\nnamespace {\nconstexpr Page kPages[] = {\n${rows}};\n}\nstd::span<const Page> pages() { return kPages; }\n}\n")
