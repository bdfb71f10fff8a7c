# What leaves this repository: one archive of the C++ library, one shared library with Apple's C functions, the headers
# of both, the command, the compiler wrapper, and what CMake and pkg-config need to find them. Everything installs under
# one prefix and works wherever that prefix is moved to.
include(CMakePackageConfigHelpers)

set(st_engine_rooms core ossl trust tls)
set(st_c_rooms cf commoncrypto apple)

# st_objects(VARIABLE ROOM...): the object files of these rooms, compiled once and packed as often as needed.
function(st_objects variable)
  set(objects)
  foreach(room IN LISTS ARGN)
    list(APPEND objects $<TARGET_OBJECTS:st_${room}>)
  endforeach()
  set(${variable} ${objects} PARENT_SCOPE)
endfunction()

# SecureTransport::securetransport. An archive: its C++ interface is no stable binary interface.
st_objects(engine_objects ${st_engine_rooms})
add_library(st_archive STATIC ${engine_objects})
set_target_properties(st_archive PROPERTIES OUTPUT_NAME securetransport EXPORT_NAME securetransport LINKER_LANGUAGE CXX)
target_compile_features(st_archive INTERFACE cxx_std_20)
target_include_directories(st_archive INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(st_archive INTERFACE OpenSSL::SSL OpenSSL::Crypto PkgConfig::IDN2 PkgConfig::PSL)

# SecureTransport::security. The version script lets out Apple's names and nothing else.
st_objects(all_objects ${st_engine_rooms} ${st_c_rooms})
set(export_map "${PROJECT_SOURCE_DIR}/cmake/package/security.map")
add_library(st_security SHARED ${all_objects})
set_target_properties(st_security PROPERTIES
  OUTPUT_NAME securetransport_security EXPORT_NAME security LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR} LINK_DEPENDS "${export_map}")
target_include_directories(st_security SYSTEM INTERFACE
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/securetransport/apple>)
target_link_options(st_security PRIVATE "LINKER:--version-script=${export_map}")
if(ST_SANITIZERS)
  target_link_options(st_security PRIVATE -fsanitize=${ST_SANITIZERS})
else()
  target_link_options(st_security PRIVATE LINKER:-z,defs)  # the runtime of a sanitizer comes with the program
endif()
target_link_libraries(st_security PRIVATE
  OpenSSL::SSL OpenSSL::Crypto PkgConfig::IDN2 PkgConfig::PSL Threads::Threads)

# The wrapper and pkg-config's files find everything from their own place, so they have to know how far it is.
file(RELATIVE_PATH ST_PREFIX_FROM_BIN "/prefix/${CMAKE_INSTALL_BINDIR}" "/prefix")
file(RELATIVE_PATH ST_PREFIX_FROM_PKGCONFIG "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
set(package_build_dir "${PROJECT_BINARY_DIR}/package")
foreach(file securetransport-cc securetransport.pc securetransport-security.pc)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/package/${file}.in" "${package_build_dir}/${file}" @ONLY)
endforeach()

install(TARGETS st_archive st_security EXPORT SecureTransportTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/securetransport DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
# Below a folder of their own, so that they never stand before another maker's <Security/...>.
install(DIRECTORY include/apple/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/securetransport/apple)
install(PROGRAMS "${package_build_dir}/securetransport-cc" DESTINATION ${CMAKE_INSTALL_BINDIR})
install(PROGRAMS "${package_build_dir}/securetransport-cc" DESTINATION ${CMAKE_INSTALL_BINDIR} RENAME securetransport-c++)
install(FILES "${package_build_dir}/securetransport.pc" "${package_build_dir}/securetransport-security.pc"
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/SecureTransport)
configure_package_config_file(cmake/package/SecureTransportConfig.cmake.in
  "${package_build_dir}/SecureTransportConfig.cmake" INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file("${package_build_dir}/SecureTransportConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${package_build_dir}/SecureTransportConfig.cmake"
  "${package_build_dir}/SecureTransportConfigVersion.cmake" DESTINATION ${config_dir})
install(EXPORT SecureTransportTargets NAMESPACE SecureTransport:: DESTINATION ${config_dir})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
