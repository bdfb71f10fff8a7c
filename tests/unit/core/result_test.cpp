// SPDX-License-Identifier: Apache-2.0
#include "securetransport/core/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "unit/core/print.hpp"

namespace securetransport {
namespace {

// Never made of nothing, never taken for its truth by accident.
static_assert(!std::is_default_constructible_v<Result<int>>);
static_assert(!std::is_convertible_v<Result<int>, bool>);
static_assert(!std::is_convertible_v<Result<void>, bool>);
// As movable as its value.
static_assert(!std::is_copy_constructible_v<Result<std::unique_ptr<int>>>);
static_assert(std::is_nothrow_move_constructible_v<Result<std::unique_ptr<int>>>);

Result<int> parse_digit(char c) {
  if (c < '0' || c > '9') return Error{ResultCode::DecodeError, std::string("not a digit: ") + c};
  return c - '0';
}

Result<void> demand(bool fulfilled) {
  if (!fulfilled) return Error{ResultCode::HandshakeFail, "demand not met"};
  return {};
}

TEST(Result, HoldsTheValueOfASuccess) {
  const Result<int> result = parse_digit('7');
  ASSERT_TRUE(result.has_value());
  EXPECT_TRUE(static_cast<bool>(result));
  EXPECT_EQ(result.value(), 7);
  EXPECT_EQ(*result, 7);
}

TEST(Result, HoldsTheErrorOfAFailure) {
  const Result<int> result = parse_digit('x');
  ASSERT_FALSE(result.has_value());
  EXPECT_FALSE(static_cast<bool>(result));
  EXPECT_EQ(result.error().code, ResultCode::DecodeError);
  EXPECT_EQ(result.error().detail, "not a digit: x");
}

TEST(Result, HoldsAValueThatEqualsAnEmptyOne) {
  EXPECT_TRUE(parse_digit('0').has_value());
  EXPECT_TRUE(Result<std::string>(std::string()).has_value());
}

TEST(Result, LetsTheValueBeChangedInPlace) {
  Result<std::string> result = std::string("leaf");
  result.value() += " certificate";
  *result += " expired";
  EXPECT_EQ(*result, "leaf certificate expired");
}

TEST(Result, GivesAccessToTheMembersOfItsValue) {
  Result<std::string> result = std::string("chain");
  result->append("s");
  const Result<std::string>& unchanging = result;
  EXPECT_EQ(unchanging->size(), 6U);
}

TEST(Result, MovesAValueThatCannotBeCopiedInAndOut) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(42);
  const std::unique_ptr<int> taken = std::move(result).value();
  ASSERT_NE(taken, nullptr);
  EXPECT_EQ(*taken, 42);
  EXPECT_EQ(result.value(), nullptr);

  Result<std::unique_ptr<int>> another = std::make_unique<int>(43);
  EXPECT_EQ(**std::move(another), 43);
}

TEST(Result, MovesTheErrorOut) {
  const std::string long_detail(100, 'd');
  Result<int> result = Error{ResultCode::Internal, long_detail};
  const Error taken = std::move(result).error();
  EXPECT_EQ(taken.code, ResultCode::Internal);
  EXPECT_EQ(taken.detail, long_detail);
}

TEST(Result, CanBeCopiedAndAssigned) {
  Result<int> result = parse_digit('1');
  const Result<int> copy = result;
  result = Error{ResultCode::Protocol, "changed"};
  EXPECT_EQ(copy.value(), 1);
  EXPECT_EQ(result.error().code, ResultCode::Protocol);
  result = 5;
  EXPECT_EQ(result.value(), 5);
}

TEST(ResultOfVoid, IsASuccessByDefault) {
  EXPECT_TRUE(Result<void>().has_value());
  EXPECT_TRUE(demand(true).has_value());
  EXPECT_TRUE(static_cast<bool>(demand(true)));
}

TEST(ResultOfVoid, HoldsTheErrorOfAFailure) {
  const Result<void> result = demand(false);
  ASSERT_FALSE(result.has_value());
  EXPECT_FALSE(static_cast<bool>(result));
  EXPECT_EQ(result.error().code, ResultCode::HandshakeFail);
  EXPECT_EQ(result.error().detail, "demand not met");
}

}  // namespace
}  // namespace securetransport
