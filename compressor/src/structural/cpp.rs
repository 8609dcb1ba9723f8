//! C++: golden results.

use expect_test::{Expect, expect};

use super::rendering::{bounds, skeleton};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("cpp", text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        r#"// Copyright 2018 The Authors.
// Licensed under the Apache License, Version 2.0.

#ifndef CACHE_H_
#define CACHE_H_

#include <map>
#include "base.h"

namespace cache {

/// \brief A cache that forgets
/// what was not asked for.
///
/// It is not safe for concurrent use.
///
/// \tparam K what is asked by
template <typename K, typename V>
class Cache final : public Base<V>, private NonCopyable {
 public:
  using Map = std::map<K, std::vector<std::shared_ptr<V> > >;

  explicit Cache(std::size_t limit = 1024)
      : limit_(limit),   // entries, never bytes
        misses_{0} {
  }

  /// Returns the size.
  std::size_t size() const noexcept {
    return entries_.size();
  }

  /// Gets a value, or computes it if there is none.
  /// \param key what is asked for
  /// \return the value, which is never null
  template <typename F>
  std::shared_ptr<V> get(const K& key, F&& load) {
    const auto it = entries_.find(key);
    if (it != entries_.end())
      return it->second;
    ++misses_;
    // The loader may ask for the same key.
    auto value = [&] {
      return std::forward<F>(load)(key);
    }();
    return entries_[key] = std::move(value);
  }

 private:
  Map entries_;
  int misses_ = 0;  ///< how often nothing was there
};

}  // namespace cache

#endif  // CACHE_H_
"#,
        expect![[r#"
            parsed: 346 tokens
            all words: 311
            // Copyright 2018 The Authors.
            // Licensed under the Apache License, Version 2.0.
            #ifndef CACHE_H_
            #define CACHE_H_

            #include <map>
            #include "base.h"

            namespace cache {
            /// \brief A cache that forgets what was not asked for.
            /// It is not safe for concurrent use.
            /// \tparam K what is asked by
            template<typename K, typename V> class Cache final : public Base<V>, private NonCopyable {
             public:
              using Map = std::map<K,std::vector<std::shared_ptr<V> > >;

              explicit Cache(std::size_t limit=1024):limit_(limit), // entries, never bytes
                 misses_{0}{}
              std::size_t size() const noexcept{return entries_.size(); }
              /// Gets a value, or computes it if there is none.
              /// \param key what is asked for
              /// \return the value, which is never null
              template<typename F> std::shared_ptr<V> get(const K& key,F&& load){
               const auto it = entries_.find(key);
               if(it != entries_.end()) return it->second;
               ++misses_;
               // The loader may ask for the same key.
               auto value=[&]{return std::forward<F>(load)(key);}();
               return entries_[key]=std::move(value);
              }

             private:
              Map entries_;
              int misses_=0; ///< how often nothing was there
            };

            } // namespace cache

            #endif // CACHE_H_

            ----
            no words: 212
            // Copyright 2018 The Authors.
            // Licensed under the Apache License, Version 2.0.
            #ifndef CACHE_H_
            #define CACHE_H_

            #include <map>
            #include "base.h"

            namespace cache {
            template<typename K, typename V> class Cache final : public Base<V>, private NonCopyable {
             public:
              using Map = std::map<K,std::vector<std::shared_ptr<V> > >;

              explicit Cache(std::size_t limit=1024):limit_(limit), misses_{0}{}
              std::size_t size() const noexcept{return entries_.size(); }
              template<typename F> std::shared_ptr<V> get(const K& key,F&& load){
               const auto it = entries_.find(key);
               if(it != entries_.end()) return it->second;
               ++misses_;
               auto value=[&]{return std::forward<F>(load)(key);}();
               return entries_[key]=std::move(value);
              }

             private:
              Map entries_;
              int misses_=0;
            };

            }

            #endif

        "#]],
    );
}

#[test]
fn statements_need_no_lines_of_their_own() {
    check(
        r#"template <class T>
concept Runs = requires(T t) {
  { t.run() } -> std::same_as<int>;
  typename T::type;
};
enum class Way : char { Up, Down = 2 };
struct A {
  A(const A&) = delete;
  virtual ~A() = default;
  operator bool() const { return true; }
  bool operator==(const A& o) const;
};
extern "C" {
int f(void);
}
int g() {
  for (const auto& [key, value] : map)
    if (auto it = find(key); it != end())
      return *it;
    else
      continue;
  try {
    throw Error(R"(a  "b"
  c)");
  } catch (const Error& e) {
    log("a" "b"s, u8"x", 1'000);
  }
  int n = sizeof(int) + 1, m = n-- - --n, k = a ? ::f() : A::b;
  switch (n) {
    case 1:
      [[fallthrough]];
    default:
      return a<::b>(1);
  }
}
"#,
        expect![[r#"
            parsed: 246 tokens
            all words: 200
            template<class T> concept Runs = requires(T t){
             {t.run()}->std::same_as<int>;
             typename T::type;
            };
            enum class Way : char { Up, Down=2 };
            struct A {
             A(const A&) = delete;
             virtual ~A() = default;
             operator bool() const{return true;}
             bool operator==(const A&o) const;
            };
            extern "C" {
            int f(void);
            }
            int g(){
             for(const auto& [key,value]:map) if(auto it=find(key); it != end()) return *it; else continue;
             try {
              throw Error(R"(a  "b"
              c)");
             } catch(const Error&e){log("a" "b"s,u8"x",1'000);}
             int n = sizeof(int)+ 1,m=n-- - --n,k=a ? ::f():A::b;
             switch(n){
              case 1:
               [[fallthrough]];
              default:
               return a<::b>(1);
             }
            }

            ----
            no words: 200
            template<class T> concept Runs = requires(T t){
             {t.run()}->std::same_as<int>;
             typename T::type;
            };
            enum class Way : char { Up, Down=2 };
            struct A {
             A(const A&) = delete;
             virtual ~A() = default;
             operator bool() const{return true;}
             bool operator==(const A&o) const;
            };
            extern "C" {
            int f(void);
            }
            int g(){
             for(const auto& [key,value]:map) if(auto it=find(key); it != end()) return *it; else continue;
             try {
              throw Error(R"(a  "b"
              c)");
             } catch(const Error&e){log("a" "b"s,u8"x",1'000);}
             int n = sizeof(int)+ 1,m=n-- - --n,k=a ? ::f():A::b;
             switch(n){
              case 1:
               [[fallthrough]];
              default:
               return a<::b>(1);
             }
            }

        "#]],
    );
}

#[test]
fn comments_that_tools_read_stay() {
    check(
        r#"#include "a.h"  // IWYU pragma: keep
// NOLINTNEXTLINE(runtime/int)
long a;  // NOLINT
// clang-format off
int b = 1 ;
// LCOV_EXCL_START
//! A reader's note.
int c;   ///< what it is
"#,
        expect![[r#"
            parsed: 63 tokens
            all words: 59
            #include "a.h" // IWYU pragma: keep
            // NOLINTNEXTLINE(runtime/int)
            long a; // NOLINT
            // clang-format off
            int b=1 ;
            // LCOV_EXCL_START
            //! A reader's note.
            int c; ///< what it is

            ----
            no words: 48
            #include "a.h" // IWYU pragma: keep
            // NOLINTNEXTLINE(runtime/int)
            long a; // NOLINT
            // clang-format off
            int b=1 ;
            // LCOV_EXCL_START
            int c;

        "#]],
    );
}

#[test]
fn half_a_function_is_treated_by_line() {
    check(
        r#"  return R"(a
  b)";
 }



 void f(int a {
   g();
"#,
        expect![[r#"
            2 lines of 5 do not parse: layout by line there: 18 tokens
            all words: 17
             return R"(a
              b)";
            }

            void f(int a {
              g();

            ----
            no words: 17
             return R"(a
              b)";
            }

            void f(int a {
              g();

        "#]],
    );
}

#[test]
fn a_skeleton_has_signatures_and_counts_the_lines_of_bodies() {
    expect![[r#"
        #include<vector>
        #include "queue.hpp"

        #if defined(__GNUC__)&&!defined(NDEBUG)
        #define ASSERT(x) assert(x)
        #else
        #define ASSERT(x) ((void) 0)
        #endif

        using namespace std::literals;

        namespace queue::detail {
        namespace { int hidden=0;}
        template<typename T,int N=3,class... Rest> class [[nodiscard]] Job final : public Base<T>, private virtual Other<Rest...>{
        public:
         using value_type = typename Base<T>::value_type; ///< what it gives
         enum class State : unsigned char { Idle, Busy=1 };

         explicit Job(std::string name,int limit=-1) noexcept(false):Base<T>(std::move(name)), // the base
            limit_{limit}{ ASSERT(limit>0);}
         Job(const Job&) = delete;
         virtual ~Job() = default;
         // The state.
         State state() const& { return state_;}
         T operator()(int a,T&& b) const override;
         bool operator==(const Job& other) const { return limit_ == other.limit_;}
         operator bool() const { return true;}
         friend std::ostream& operator<<(std::ostream& out,const Job&);
        protected:
         static constexpr auto kTable={1,2,3};
         std::map<int,std::vector<std::vector<T> > > index_;
         int limit_=0, bits_:3;
         int (*run_)(T*) = nullptr;
        };

        template <> struct Traits<int>{static const bool value=true; };

        template<class T> concept Runs = requires(T t){
         {t.run()}->std::same_as<int>;
         typename T::type;
        };

        extern "C" {
        int c_function(void);
        }

        template<typename T>T Job<T>::operator()(int a,T&& b) const { /* 27 lines */ }

        static_assert(sizeof(int)>=4,"int");
        } // namespace queue::detail
    "#]].assert_eq(&skeleton("cpp", include_str!("samples/sample.cpp")));
}
