/* SPDX-License-Identifier: Apache-2.0 */
/* How enumerations are declared, and the marks that say since when something exists; here the marks say nothing. */
#ifndef __COREFOUNDATION_CFAVAILABILITY__
#define __COREFOUNDATION_CFAVAILABILITY__

#include <Availability.h>
#include <AvailabilityMacros.h>
#include <TargetConditionals.h>

#define CF_AVAILABLE(mac, ios)
#define CF_AVAILABLE_MAC(mac)
#define CF_AVAILABLE_IOS(ios)
#define CF_DEPRECATED(...)
#define CF_DEPRECATED_MAC(...)
#define CF_DEPRECATED_IOS(...)
#define CF_ENUM_AVAILABLE(...)
#define CF_ENUM_AVAILABLE_MAC(...)
#define CF_ENUM_AVAILABLE_IOS(...)
#define CF_ENUM_DEPRECATED(...)
#define CF_ENUM_DEPRECATED_MAC(...)
#define CF_ENUM_DEPRECATED_IOS(...)
#define CF_EXTENSION_UNAVAILABLE(message)
#define CF_EXTENSION_UNAVAILABLE_MAC(message)
#define CF_EXTENSION_UNAVAILABLE_IOS(message)
#define CF_AUTOMATED_REFCOUNT_UNAVAILABLE
#define CF_SWIFT_UNAVAILABLE(message)
#define CF_SWIFT_NAME(name)
#define CF_REFINED_FOR_SWIFT
#define CF_NOESCAPE
#define CF_WARN_UNUSED_RESULT

/*
 * typedef CF_ENUM(CFIndex, Name) {...}; and the nameless CF_ENUM(CFIndex) {...};
 * In C++ a type of its own of that width; the typedef, whose word stands before the macro, gets a name that nobody
 * uses. In C a plain integer type beside its constants.
 */
#define SECURETRANSPORT_CF_ENUM_CHOICE(a, b, chosen, ...) chosen
#if defined(__cplusplus) && __cplusplus >= 201103L
#define SECURETRANSPORT_CF_NAMED_ENUM(type, name) \
  type SECURETRANSPORT_CF_TYPE_OF_##name;         \
  enum name : type
#define SECURETRANSPORT_CF_NAMELESS_ENUM(type) enum : type
#else
#define SECURETRANSPORT_CF_NAMED_ENUM(type, name) \
  type name;                                      \
  enum
#define SECURETRANSPORT_CF_NAMELESS_ENUM(type) enum
#endif
#define CF_ENUM(...)                                                                                             \
  SECURETRANSPORT_CF_ENUM_CHOICE(__VA_ARGS__, SECURETRANSPORT_CF_NAMED_ENUM, SECURETRANSPORT_CF_NAMELESS_ENUM, ) \
  (__VA_ARGS__)
#define CF_CLOSED_ENUM(type, name) SECURETRANSPORT_CF_NAMED_ENUM(type, name)

/* Flags that are or-ed together: an integer type in C++ as well, where the sum of two enumerators is no enumerator. */
#if defined(__cplusplus) && __cplusplus >= 201103L
#define CF_OPTIONS(type, name) \
  type name;                   \
  enum : type
#else
#define CF_OPTIONS(type, name) \
  type name;                   \
  enum
#endif

#define CF_STRING_ENUM
#define CF_EXTENSIBLE_STRING_ENUM
#define CF_TYPED_ENUM
#define CF_TYPED_EXTENSIBLE_ENUM

#endif
