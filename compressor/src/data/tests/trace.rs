#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

const FLASK: &str = r#"Traceback (most recent call last):
  File "/app/web.py", line 10, in <module>
    app.test_client().post("/orders", json={"items": [{"price": 3}]})
  File "/usr/lib/python3.11/site-packages/werkzeug/test.py", line 1167, in post
    return self.open(*args, **kw)
           ^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/site-packages/flask/testing.py", line 235, in open
    response = super().open(
               ^^^^^^^^^^^^^
  File "/usr/lib/python3.11/site-packages/werkzeug/test.py", line 1116, in open
    response_parts = self.run_wsgi_app(request.environ, buffered=buffered)
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/site-packages/werkzeug/test.py", line 988, in run_wsgi_app
    rv = run_wsgi_app(self.application, environ, buffered=buffered)
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/site-packages/werkzeug/test.py", line 1264, in run_wsgi_app
    app_rv = app(environ, start_response)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/site-packages/flask/app.py", line 1536, in __call__
    return self.wsgi_app(environ, start_response)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/site-packages/flask/app.py", line 1514, in wsgi_app
    response = self.handle_exception(e)
               ^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/site-packages/flask/app.py", line 1511, in wsgi_app
    response = self.full_dispatch_request()
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/site-packages/flask/app.py", line 919, in full_dispatch_request
    rv = self.handle_user_exception(e)
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/site-packages/flask/app.py", line 917, in full_dispatch_request
    rv = self.dispatch_request()
         ^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/site-packages/flask/app.py", line 902, in dispatch_request
    return self.ensure_sync(self.view_functions[rule.endpoint])(**view_args)  # type: ignore[no-any-return]
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/app/web.py", line 5, in create
    return {"id": total(request.get_json())}
                  ^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/app/web.py", line 7, in total
    return sum(item["price"] * item["count"] for item in order["items"])
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/app/web.py", line 7, in <genexpr>
    return sum(item["price"] * item["count"] for item in order["items"])
                               ~~~~^^^^^^^^^
KeyError: 'count'
"#;

const PYTHON: &str = r#"Traceback (most recent call last):
  File "/app/shop.py", line 7, in <module>
    asyncio.run(main())
  File "/usr/lib/python3.11/asyncio/runners.py", line 190, in run
    return runner.run(main)
           ^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/asyncio/runners.py", line 118, in run
    return self._loop.run_until_complete(task)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/asyncio/base_events.py", line 653, in run_until_complete
    return future.result()
           ^^^^^^^^^^^^^^^
  File "/app/shop.py", line 5, in main
    await asyncio.gather(load('{"a": 1}'), load('{"a": '))
  File "/app/shop.py", line 3, in load
    return json.loads(order)
           ^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/json/decoder.py", line 337, in decode
    obj, end = self.raw_decode(s, idx=_w(s, 0).end())
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
    raise JSONDecodeError("Expecting value", s, err.value) from None
json.decoder.JSONDecodeError: Expecting value: line 1 column 7 (char 6)
"#;

const NODE: &str = r#"<anonymous_script>:1
{"a": 

SyntaxError: Unexpected end of JSON input
    at JSON.parse (<anonymous>)
    at parse (/app/app.js:2:36)
    at Object.<anonymous> (/app/app.js:3:15)
    at Module._compile (node:internal/modules/cjs/loader:1521:14)
    at Module._extensions..js (node:internal/modules/cjs/loader:1623:10)
    at Module.load (node:internal/modules/cjs/loader:1266:32)
    at Module._load (node:internal/modules/cjs/loader:1091:12)
    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:164:12)
    at node:internal/main/run_main_module:28:49

Node.js v20.20.2
"#;

const JAVA: &str = r#"Exception in thread "main" java.lang.RuntimeException: could not read the order
	at M.main(M.java:2)
Caused by: java.lang.NumberFormatException: For input string: "x"
	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
	at java.base/java.lang.Integer.parseInt(Integer.java:668)
	at java.base/java.lang.Integer.parseInt(Integer.java:786)
	at M.f(M.java:2)
	at java.base/java.util.Optional.map(Optional.java:260)
	at M.main(M.java:2)
	at java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)
	at java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke(NativeMethodAccessorImpl.java:77)
	at java.base/jdk.internal.reflect.DelegatingMethodAccessorImpl.invoke(DelegatingMethodAccessorImpl.java:43)
	at java.base/java.lang.reflect.Method.invoke(Method.java:569)
	at jdk.compiler/com.sun.tools.javac.launcher.Main.execute(Main.java:419)
	at jdk.compiler/com.sun.tools.javac.launcher.Main.run(Main.java:192)
	at jdk.compiler/com.sun.tools.javac.launcher.Main.main(Main.java:132)
"#;

const RUST: &str = r#"
thread '<unnamed>' (8354) panicked at p.rs:1:39:
index out of bounds: the len is 0 but the index is 3
stack backtrace:
   0: __rustc::rust_begin_unwind
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
   1: core::panicking::panic_fmt
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
   2: core::panicking::panic_bounds_check
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
   3: p::find
             at ./p.rs:1:39
   4: p::main::{{closure}}::{{closure}}
             at ./p.rs:2:82
   5: core::iter::adapters::map::map_fold::{{closure}}
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:88:28
   6: <core::slice::iter::Iter<T> as core::iter::traits::iterator::Iterator>::fold
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/iter/macros.rs:279:27
   7: <core::iter::adapters::map::Map<I,F> as core::iter::traits::iterator::Iterator>::fold
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:128:19
   8: core::iter::traits::iterator::Iterator::for_each
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/iterator.rs:845:14
   9: alloc::vec::Vec<T,A>::extend_trusted
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs:4001:26
  10: <alloc::vec::Vec<T,A> as alloc::vec::spec_extend::SpecExtend<T,I>>::spec_extend
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/spec_extend.rs:27:14
  11: <alloc::vec::Vec<T> as alloc::vec::spec_from_iter_nested::SpecFromIterNested<T,I>>::from_iter
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/spec_from_iter_nested.rs:60:16
  12: <alloc::vec::Vec<T> as alloc::vec::spec_from_iter::SpecFromIter<T,I>>::from_iter
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/spec_from_iter.rs:33:9
  13: <alloc::vec::Vec<T> as core::iter::traits::collect::FromIterator<T>>::from_iter
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs:3865:9
  14: core::iter::traits::iterator::Iterator::collect
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/iterator.rs:2064:9
  15: p::main::{{closure}}
             at ./p.rs:2:96
note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.

thread 'main' (8352) panicked at p.rs:2:139:
called `Result::unwrap()` on an `Err` value: Any { .. }
stack backtrace:
   0: __rustc::rust_begin_unwind
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
   1: core::panicking::panic_fmt
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
   2: core::result::unwrap_failed
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs:1867:5
   3: core::result::Result<T,E>::unwrap
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs:1233:23
   4: p::main
             at ./p.rs:2:139
   5: core::ops::function::FnOnce::call_once
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs:250:5
note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
"#;

const GO: &str = r#"panic: runtime error: index out of range [3] with length 1

goroutine 18 [running]:
example.org/shop/orders.Total({0xc0000b2000, 0x1, 0x1})
	/app/orders/total.go:17 +0x1a5
example.org/shop/orders.(*Handler).Create(0xc0000a6018, 0xc0000d2000)
	/app/orders/handler.go:41 +0x8c
github.com/gin-gonic/gin.(*Context).Next(0xc0000d2000)
	/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go:174 +0x2b
github.com/gin-gonic/gin.CustomRecoveryWithWriter.func1(0xc0000d2000)
	/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/recovery.go:102 +0x7a
github.com/gin-gonic/gin.(*Context).Next(...)
	/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go:174
github.com/gin-gonic/gin.(*Engine).handleHTTPRequest(0xc0000e6000, 0xc0000d2000)
	/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/gin.go:620 +0x66e
github.com/gin-gonic/gin.(*Engine).ServeHTTP(0xc0000e6000, {0x8a3d20, 0xc0000f0000}, 0xc0000c8000)
	/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/gin.go:576 +0x1b2
net/http.serverHandler.ServeHTTP({0xc0000b0000?}, {0x8a3d20?, 0xc0000f0000?}, 0x6?)
	/usr/local/go/src/net/http/server.go:3142 +0x8e
net/http.(*conn).serve(0xc0000a0000, {0x8a4148, 0xc000096f30})
	/usr/local/go/src/net/http/server.go:2044 +0x5e8
created by net/http.(*Server).Serve in goroutine 1
	/usr/local/go/src/net/http/server.go:3290 +0x4b4
exit status 2
"#;

const RUBY: &str = r#"/usr/lib/ruby/3.1.0/json/common.rb:216:in `parse': 859: unexpected token at '{"a": ' (JSON::ParserError)
	from /usr/lib/ruby/3.1.0/json/common.rb:216:in `parse'
	from bad.rb:2:in `parse'
	from bad.rb:3:in `block in <main>'
	from bad.rb:3:in `each'
	from bad.rb:3:in `<main>'
"#;

const DOTNET: &str = r#"Unhandled exception. System.InvalidOperationException: Sequence contains no elements
   at System.Linq.ThrowHelper.ThrowNoElementsException()
   at System.Linq.Enumerable.First[TSource](IEnumerable`1 source)
   at Shop.Orders.OrderService.FindAsync(Int32 id) in C:\src\Shop\Orders\OrderService.cs:line 41
   at Shop.Api.OrdersController.Get(Int32 id) in C:\src\Shop\Api\OrdersController.cs:line 17
   at lambda_method12(Closure, Object)
   at Microsoft.AspNetCore.Mvc.Infrastructure.ActionMethodExecutor.AwaitableObjectResultExecutor.Execute(ActionContext actionContext, IActionResultTypeMapper mapper)
   at Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker.<InvokeActionMethodAsync>g__Awaited|12_0(ControllerActionInvoker invoker, ValueTask`1 actionResultValueTask)
   at Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker.<InvokeNextActionFilterAsync>g__Awaited|10_0(ControllerActionInvoker invoker, Task lastTask, State next)
   at Microsoft.AspNetCore.Routing.EndpointMiddleware.<Invoke>g__AwaitRequestTask|7_0(Endpoint endpoint, Task requestTask, ILogger logger)
--- End of stack trace from previous location ---
   at Shop.Api.TenantMiddleware.InvokeAsync(HttpContext context) in C:\src\Shop\Api\TenantMiddleware.cs:line 29
   at Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http.HttpProtocol.ProcessRequests[TContext](IHttpApplication`1 application)
"#;

const PHP: &str = r#"PHP Fatal error:  Uncaught Error: Call to a member function price() on null in /app/src/Orders.php:41
Stack trace:
#0 /app/src/Controller.php(17): App\Orders->total(Array)
#1 /app/vendor/symfony/http-kernel/HttpKernel.php(183): App\Controller->create(Object(Symfony\Component\HttpFoundation\Request))
#2 /app/vendor/symfony/http-kernel/HttpKernel.php(76): Symfony\Component\HttpKernel\HttpKernel->handleRaw(Object(Symfony\Component\HttpFoundation\Request), 1)
#3 /app/vendor/symfony/http-kernel/Kernel.php(182): Symfony\Component\HttpKernel\HttpKernel->handle(Object(Symfony\Component\HttpFoundation\Request), 1, true)
#4 /app/vendor/symfony/runtime/Runner/Symfony/HttpKernelRunner.php(35): Symfony\Component\HttpKernel\Kernel->handle(Object(Symfony\Component\HttpFoundation\Request))
#5 /app/vendor/autoload_runtime.php(29): Symfony\Component\Runtime\Runner\Symfony\HttpKernelRunner->run()
#6 /app/public/index.php(5): require_once('/app/vendor/aut...')
#7 {main}
  thrown in /app/src/Orders.php on line 41
"#;

const SPRING: &str = r#"2026-11-22T10:02:01.123Z  INFO 1 --- [nio-8080-exec-3] c.a.shop.OrderController : order 17
2026-11-22T10:02:01.131Z ERROR 1 --- [nio-8080-exec-3] o.a.c.c.C.[.[.[/].[dispatcherServlet] : Servlet.service() threw exception

java.lang.IllegalStateException: no price for item 4711
	at com.acme.shop.Prices.of(Prices.java:41) ~[classes!/:na]
	at com.acme.shop.OrderController.create(OrderController.java:28) ~[classes!/:na]
	at java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(DirectMethodHandleAccessor.java:103) ~[na:na]
	at java.base/java.lang.reflect.Method.invoke(Method.java:580) ~[na:na]
	at org.springframework.web.method.support.InvocableHandlerMethod.doInvoke(InvocableHandlerMethod.java:255) ~[spring-web-6.1.6.jar!/:6.1.6]
	at org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1089) ~[spring-webmvc-6.1.6.jar!/:6.1.6]
	at org.springframework.web.servlet.FrameworkServlet.processRequest(FrameworkServlet.java:1014) ~[spring-webmvc-6.1.6.jar!/:6.1.6]
	at jakarta.servlet.http.HttpServlet.service(HttpServlet.java:590) ~[tomcat-embed-core-10.1.20.jar!/:na]
	at org.apache.catalina.core.ApplicationFilterChain.internalDoFilter(ApplicationFilterChain.java:206) ~[tomcat-embed-core-10.1.20.jar!/:na]
	at com.acme.shop.TenantFilter.doFilter(TenantFilter.java:33) ~[classes!/:na]
	at org.apache.catalina.core.StandardWrapperValve.invoke(StandardWrapperValve.java:167) ~[tomcat-embed-core-10.1.20.jar!/:na]
	at org.apache.catalina.core.StandardHostValve.invoke(StandardHostValve.java:115) ~[tomcat-embed-core-10.1.20.jar!/:na]
	at org.apache.tomcat.util.net.NioEndpoint$SocketProcessor.doRun(NioEndpoint.java:1744) ~[tomcat-embed-core-10.1.20.jar!/:na]
	at java.base/java.lang.Thread.run(Thread.java:1583) ~[na:na]
2026-11-22T10:02:02.007Z  INFO 1 --- [nio-8080-exec-4] c.a.shop.OrderController : order 18
2026-11-22T10:02:03.007Z  INFO 1 --- [nio-8080-exec-4] c.a.shop.OrderController : order 19
"#;

fn check_tight(text: &str, expect: &Expect) {
    // Nothing of a trace is left out before.
    let balanced = written(text, Level::Balanced);
    assert!(guard::same_bytes(text, &balanced), "{balanced}");
    check(text, Level::Tight, expect);
}

#[test]
fn frames_of_libraries_are_counted_in_python() {
    check_tight(
        FLASK,
        &expect![[r#"
        Traceback (most recent call last):
          File "/app/web.py", line 10, in <module>
            app.test_client().post("/orders", json={"items": [{"price": 3}]})
          File "/usr/lib/python3.11/site-packages/werkzeug/test.py", line 1167, in post
            return self.open(*args, **kw)
                   ^^^^^^^^^^^^^^^^^^^^^^
          ... 9 frames in flask, werkzeug
          File "/usr/lib/python3.11/site-packages/flask/app.py", line 902, in dispatch_request
            return self.ensure_sync(self.view_functions[rule.endpoint])(**view_args)  # type: ignore[no-any-return]
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/app/web.py", line 5, in create
            return {"id": total(request.get_json())}
                          ^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/app/web.py", line 7, in total
            return sum(item["price"] * item["count"] for item in order["items"])
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/app/web.py", line 7, in <genexpr>
            return sum(item["price"] * item["count"] for item in order["items"])
                                       ~~~~^^^^^^^^^
        KeyError: 'count'
    "#]],
    );
}

#[test]
fn frames_of_the_standard_library_are_counted_in_python() {
    check_tight(
        PYTHON,
        &expect![[r#"
        Traceback (most recent call last):
          File "/app/shop.py", line 7, in <module>
            asyncio.run(main())
          File "/usr/lib/python3.11/asyncio/runners.py", line 190, in run
            return runner.run(main)
                   ^^^^^^^^^^^^^^^^
          ... 1 frame in python
          File "/usr/lib/python3.11/asyncio/base_events.py", line 653, in run_until_complete
            return future.result()
                   ^^^^^^^^^^^^^^^
          File "/app/shop.py", line 5, in main
            await asyncio.gather(load('{"a": 1}'), load('{"a": '))
          File "/app/shop.py", line 3, in load
            return json.loads(order)
                   ^^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
            return _default_decoder.decode(s)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^
          ... 1 frame in python
          File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
            raise JSONDecodeError("Expecting value", s, err.value) from None
        json.decoder.JSONDecodeError: Expecting value: line 1 column 7 (char 6)
    "#]],
    );
}

#[test]
fn frames_of_libraries_are_counted_in_javascript() {
    check_tight(
        NODE,
        &expect![[r#"
        <anonymous_script>:1
        {"a": 

        SyntaxError: Unexpected end of JSON input
            at JSON.parse (<anonymous>)
            at parse (/app/app.js:2:36)
            at Object.<anonymous> (/app/app.js:3:15)
            at Module._compile (node:internal/modules/cjs/loader:1521:14)
            ... 4 frames in node
            at node:internal/main/run_main_module:28:49

        Node.js v20.20.2
    "#]],
    );
}

#[test]
fn frames_of_libraries_are_counted_in_java() {
    check_tight(
        JAVA,
        &expect![[r#"
        Exception in thread "main" java.lang.RuntimeException: could not read the order
        	at M.main(M.java:2)
        Caused by: java.lang.NumberFormatException: For input string: "x"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	... 1 frame in java
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at M.f(M.java:2)
        	at java.base/java.util.Optional.map(Optional.java:260)
        	at M.main(M.java:2)
        	at java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)
        	... 5 frames in jdk, java, com.sun
        	at jdk.compiler/com.sun.tools.javac.launcher.Main.main(Main.java:132)
    "#]],
    );
}

#[test]
fn frames_of_libraries_are_counted_in_rust() {
    check_tight(
        RUST,
        &expect![[r#"

        thread '<unnamed>' (8354) panicked at p.rs:1:39:
        index out of bounds: the len is 0 but the index is 3
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           ... 1 frame in std
           2: core::panicking::panic_bounds_check
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
           3: p::find
                     at ./p.rs:1:39
           4: p::main::{{closure}}::{{closure}}
                     at ./p.rs:2:82
           5: core::iter::adapters::map::map_fold::{{closure}}
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:88:28
           ... 8 frames in std
          14: core::iter::traits::iterator::Iterator::collect
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/iterator.rs:2064:9
          15: p::main::{{closure}}
                     at ./p.rs:2:96
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.

        thread 'main' (8352) panicked at p.rs:2:139:
        called `Result::unwrap()` on an `Err` value: Any { .. }
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           ... 2 frames in std
           3: core::result::Result<T,E>::unwrap
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs:1233:23
           4: p::main
                     at ./p.rs:2:139
           5: core::ops::function::FnOnce::call_once
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs:250:5
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
    "#]],
    );
}

#[test]
fn frames_of_libraries_are_counted_in_go() {
    check_tight(
        GO,
        &expect![[r#"
        panic: runtime error: index out of range [3] with length 1

        goroutine 18 [running]:
        example.org/shop/orders.Total({0xc0000b2000, 0x1, 0x1})
        	/app/orders/total.go:17 +0x1a5
        example.org/shop/orders.(*Handler).Create(0xc0000a6018, 0xc0000d2000)
        	/app/orders/handler.go:41 +0x8c
        github.com/gin-gonic/gin.(*Context).Next(0xc0000d2000)
        	/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go:174 +0x2b
        ... 6 frames in github.com/gin-gonic/gin, go
        created by net/http.(*Server).Serve in goroutine 1
        	/usr/local/go/src/net/http/server.go:3290 +0x4b4
        exit status 2
    "#]],
    );
}

#[test]
fn a_short_trace_stays_whole() {
    check_tight(
        RUBY,
        &expect![[r#"
        /usr/lib/ruby/3.1.0/json/common.rb:216:in `parse': 859: unexpected token at '{"a": ' (JSON::ParserError)
        	from /usr/lib/ruby/3.1.0/json/common.rb:216:in `parse'
        	from bad.rb:2:in `parse'
        	from bad.rb:3:in `block in <main>'
        	from bad.rb:3:in `each'
        	from bad.rb:3:in `<main>'
    "#]],
    );
}

#[test]
fn frames_of_libraries_are_counted_in_dotnet() {
    check_tight(
        DOTNET,
        &expect![[r#"
        Unhandled exception. System.InvalidOperationException: Sequence contains no elements
           at System.Linq.ThrowHelper.ThrowNoElementsException()
           at System.Linq.Enumerable.First[TSource](IEnumerable`1 source)
           at Shop.Orders.OrderService.FindAsync(Int32 id) in C:\src\Shop\Orders\OrderService.cs:line 41
           at Shop.Api.OrdersController.Get(Int32 id) in C:\src\Shop\Api\OrdersController.cs:line 17
           at lambda_method12(Closure, Object)
           at Microsoft.AspNetCore.Mvc.Infrastructure.ActionMethodExecutor.AwaitableObjectResultExecutor.Execute(ActionContext actionContext, IActionResultTypeMapper mapper)
           ... 2 frames in Microsoft
           at Microsoft.AspNetCore.Routing.EndpointMiddleware.<Invoke>g__AwaitRequestTask|7_0(Endpoint endpoint, Task requestTask, ILogger logger)
        --- End of stack trace from previous location ---
           at Shop.Api.TenantMiddleware.InvokeAsync(HttpContext context) in C:\src\Shop\Api\TenantMiddleware.cs:line 29
           at Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http.HttpProtocol.ProcessRequests[TContext](IHttpApplication`1 application)
    "#]],
    );
}

#[test]
fn frames_of_libraries_are_counted_in_php() {
    check_tight(
        PHP,
        &expect![[r#"
            PHP Fatal error:  Uncaught Error: Call to a member function price() on null in /app/src/Orders.php:41
            Stack trace:
            #0 /app/src/Controller.php(17): App\Orders->total(Array)
            #1 /app/vendor/symfony/http-kernel/HttpKernel.php(183): App\Controller->create(Object(Symfony\Component\HttpFoundation\Request))
            ... 4 frames in symfony/http-kernel, symfony/runtime, autoload_runtime.php
            #6 /app/public/index.php(5): require_once('/app/vendor/aut...')
            #7 {main}
              thrown in /app/src/Orders.php on line 41
        "#]],
    );
}

#[test]
fn frames_of_libraries_are_counted_within_a_log() {
    check(
        SPRING,
        Level::Tight,
        &expect![[r#"
            2026-11-22T10:02:01.123Z INFO 1 --- [nio-8080-exec-3] c.a.shop.OrderController : order 17
            2026-11-22T10:02:01.131Z ERROR 1 --- [nio-8080-exec-3] o.a.c.c.C.[.[.[/].[dispatcherServlet] : Servlet.service() threw exception

            java.lang.IllegalStateException: no price for item 4711
            	at com.acme.shop.Prices.of(Prices.java:41) ~[classes!/:na]
            	at com.acme.shop.OrderController.create(OrderController.java:28) ~[classes!/:na]
            	at java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(DirectMethodHandleAccessor.java:103) ~[na:na]
            	... 5 frames in java, org.springframework, jakarta
            	at org.apache.catalina.core.ApplicationFilterChain.internalDoFilter(ApplicationFilterChain.java:206) ~[tomcat-embed-core-10.1.20.jar!/:na]
            	at com.acme.shop.TenantFilter.doFilter(TenantFilter.java:33) ~[classes!/:na]
            	at org.apache.catalina.core.StandardWrapperValve.invoke(StandardWrapperValve.java:167) ~[tomcat-embed-core-10.1.20.jar!/:na]
            	... 2 frames in org.apache
            	at java.base/java.lang.Thread.run(Thread.java:1583) ~[na:na]
            2026-11-22T10:02:02.007Z INFO 1 --- [nio-8080-exec-4] c.a.shop.OrderController : order 18
            2026-11-22T10:02:03.007Z INFO 1 --- [nio-8080-exec-4] c.a.shop.OrderController : order 19
        "#]],
    );
}

/// A frame in a form, in a library or not.
fn frame(form: u8, library: bool, number: u32) -> String {
    match (form, library) {
        (0, true) => format!(
            "  File \"/v/lib/python3.12/site-packages/flask/a{number}.py\", line {number}, in f\n    g({number})\n"
        ),
        (0, false) => format!("  File \"/app/a{number}.py\", line {number}, in f\n    g({number})\n    ^^^\n"),
        (1, true) => format!("\tat org.apache.A{number}.f(A{number}.java:{number})\n"),
        (1, false) => format!("\tat com.acme.A{number}.f(A{number}.java:{number})\n"),
        (2, true) => format!("    at f{number} (/app/node_modules/koa/lib/a{number}.js:{number}:1)\n"),
        (2, false) => format!("    at f{number} (/app/src/a{number}.js:{number}:1)\n"),
        (3, true) => format!("gin.f{number}(0x{number})\n\t/go/pkg/mod/gin@v1/a{number}.go:{number} +0x1\n"),
        (_, true) => format!("  {number}: core::f{number}\n             at /rustc/1/library/a{number}.rs:{number}:1\n"),
        (3, false) => format!("main.f{number}(0x{number})\n\t/app/a{number}.go:{number} +0x1\n"),
        (_, false) => format!("  {number}: shop::f{number}\n             at ./a{number}.rs:{number}:1\n"),
    }
}

/// Frames that stand in a text, and those that it tells of.
fn frames(text: &str) -> (usize, usize) {
    let is_frame = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("File ")
            || (line.starts_with("at ") && line.contains('('))
            || line.contains("(0x")
            || line.split_once(": ").is_some_and(|(number, _)| number.parse::<u32>().is_ok())
    };
    let told = |line: &str| line.trim_start().strip_prefix("... ")?.split_once(" frame")?.0.parse::<usize>().ok();
    (text.lines().filter(is_frame).count(), text.lines().filter_map(told).sum())
}

proptest! {
    #[test]
    fn counts_are_true(
        form in 0..5_u8,
        all in proptest::collection::vec((any::<bool>(), 0..400_u32), 0..60),
        message in "(Traceback \\(most recent call last\\):|Error: it failed|goroutine 1 \\[running\\]:|thread 'main' panicked at a.rs:1:1:)",
    ) {
        let text: String = all.iter().fold(message + "\n", |text, (library, number)| text + &frame(form, *library, *number));
        let segment = Segment { range: 0..text.len(), kind: Kind::Data(Format::StackTrace) };
        let tight = drafted(&text, &segment, Level::Tight);
        let (standing, told) = frames(&tight);
        prop_assume!(!tight.contains('×'));
        prop_assert_eq!(standing + told, frames(&text).0, "{}\n{}", text, tight);
        for (_, number) in all.iter().filter(|(library, _)| !library) {
            let own = frame(form, false, *number);
            prop_assert!(tight.contains(own.as_str()), "{}\n{}", own, tight);
        }
    }
}
