// Copyright 2021 The Authors
#include <vector>
#include "queue.hpp"

#if defined(__GNUC__) && !defined(NDEBUG)
#define ASSERT(x) assert(x)
#else
#define ASSERT(x) \
    ((void) 0)
#endif

using namespace std::literals;

namespace queue::detail {
namespace { int hidden = 0; }

/// \brief A job.
///
/// It runs once.
/// \tparam T what it gives
template <typename T, int N = 3, class... Rest>
class [[nodiscard]] Job final : public Base<T>, private virtual Other<Rest...> {
public:
    using value_type = typename Base<T>::value_type;   ///< what it gives
    enum class State : unsigned char { Idle, Busy = 1 };

    explicit Job(std::string name, int limit = -1) noexcept(false)
        : Base<T>(std::move(name)),   // the base
          limit_{limit}
    {
        ASSERT(limit > 0);
    }
    Job(const Job&) = delete;
    virtual ~Job() = default;

    // The state.
    State state() const& { return state_; }
    T operator()(int a, T&& b) const override;
    bool operator==(const Job& other) const { return limit_ == other.limit_; }
    operator bool() const { return true; }
    friend std::ostream& operator<<(std::ostream& out, const Job&);

protected:
    static constexpr auto kTable = {1, 2, 3};
    std::map<int, std::vector<std::vector<T> > > index_;
    int limit_ = 0, bits_ : 3;
    int (*run_)(T*) = nullptr;
};

template <>
struct Traits<int> { static const bool value = true; };

template <class T>
concept Runs = requires(T t) {
    { t.run() } -> std::same_as<int>;
    typename T::type;
};

extern "C" {
int c_function(void);
}

template <typename T>
T Job<T>::operator()(int a, T&& b) const
{
    auto add = [this, &a, b = std::forward<T>(b)](auto x) mutable -> int {
        return x + a;
    };
    for (const auto& [key, value] : index_)
        if (auto it = value.find(key); it != value.end())
            return *it;
        else
            continue;
    try {
        throw std::runtime_error(R"(a  "b"
   c)");
    } catch (const std::exception& e) {
        // told already
    } catch (...) {
        delete[] a, delete b;
    }
    int n = sizeof(int) + 1, m = n-- - --n, k = a ? ::f() : A::b;
    auto p = new (buffer) int[3]{1, 2, 3};
    std::cout << "a" "b"s << 1'000u << u8"x" << L'x' << std::endl;
    if constexpr (std::is_same_v<T, int>) { return (*run_)(x) <=> 0; }
    switch (n) {
        case 1:
            [[fallthrough]];
        default:
            co_return;
    }
    return a < b && c > d ? (a) - 1 : int{};
}

static_assert(sizeof(int) >= 4, "int");
}  // namespace queue::detail
