//! PHP: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, skeleton};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("php", text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        r#"<?php

declare(strict_types=1);

/*
 * This file is part of Cache.
 *
 * (c) The Authors
 */

namespace Example\Cache;

use InvalidArgumentException;
use function count;

/**
 * A cache that forgets
 * what was not asked for.
 *
 * @template T
 */
final class Cache implements \Countable
{
    private const LIMIT = 1024; // entries, never bytes

    /** @var array<string, T> */
    private array $entries = [];

    /**
     * @var int|null
     */
    private $misses;

    /**
     * Returns the count.
     */
    public function count(): int
    {
        return count($this->entries);
    }

    /**
     * Gets a value, or computes it if there is none.
     *
     * @param string   $key  What is asked for.
     * @param callable $load Computes the value; must not
     *                       return null.
     *
     * @return T
     *
     * @throws InvalidArgumentException if the key is empty
     */
    #[Pure]
    public function get(string $key, callable $load)
    {
        if ('' === $key) {
            throw new InvalidArgumentException("no  key {$this->name}");
        }
        # The loader may ask for the same key.
        return $this->entries[$key] ??= $load($key);
    }
}
"#,
        expect![[r#"
            parsed: 301 tokens
            all words: 233
            <?php

            declare(strict_types=1);
            /* This file is part of Cache.
            * (c) The Authors
            */

            namespace Example\Cache;

            use InvalidArgumentException;
            use function count;
            /** A cache that forgets what was not asked for.
            * @template T
            */
            final class Cache implements \Countable {
             private const LIMIT=1024; // entries, never bytes
             /** @var array<string, T> */
             private array $entries = [];
             /**
            * @var int|null
            */
             private $misses;
             public function count(): int{return count($this->entries);}
             /** Gets a value, or computes it if there is none.
            @param string $key What is asked for.
            @param callable $load Computes the value; must not return null.
            @return T
            @throws InvalidArgumentException if the key is empty */
             #[Pure] public function get(string $key, callable $load){
              if ('' === $key){throw new InvalidArgumentException("no  key {$this->name}"); }
              # The loader may ask for the same key.
              return $this->entries[$key]??=$load($key);
             }
            }

            ----
            no words: 149
            <?php

            declare(strict_types=1);
            /*
            * (c) The Authors
            */

            namespace Example\Cache;

            use InvalidArgumentException;
            use function count;
            /**
            * @template T
            */
            final class Cache implements \Countable {
             private const LIMIT=1024;
             /** @var array<string, T> */
             private array $entries = [];
             /**
            * @var int|null
            */
             private $misses;
             public function count(): int{return count($this->entries);}
             #[Pure] public function get(string $key, callable $load){
              if ('' === $key){throw new InvalidArgumentException("no  key {$this->name}"); }
              return $this->entries[$key]??=$load($key);
             }
            }

        "#]],
    );
}

#[test]
fn text_outside_of_the_code_stays() {
    check(
        r#"<!DOCTYPE html>
<html>
  <body class="<?=  $class  ?>">

  <?php if ($user):   // is known ?>
    <b>  <?= $user->name ?>  </b>


  <?php else: ?>
    nobody
  <?php endif; ?>
  </body>
</html>
<?php
/* The end. */
exit( 0 );
?>

trailing   text
"#,
        expect![[r#"
            parsed: 85 tokens
            all words: 79
            <!DOCTYPE html>
            <html>
              <body class="<?= $class ?>">

              <?php if ($user): // is known?>
                <b>  <?=$user->name ?>  </b>


              <?php else: ?>
                nobody
              <?php endif;?>
              </body>
            </html>
            <?php
            /* The end. */
            exit(0 );
            ?>

            trailing   text

            ----
            no words: 71
            <!DOCTYPE html>
            <html>
              <body class="<?= $class ?>">

              <?php if ($user):?>
                <b>  <?=$user->name ?>  </b>


              <?php else: ?>
                nobody
              <?php endif;?>
              </body>
            </html>
            <?php
            exit(0 );
            ?>

            trailing   text

        "#]],
    );
}

#[test]
fn statements_need_no_lines_of_their_own() {
    check(
        r#"<?php
if ($a)
    f();
elseif ($b)
    g();
else
    h();
$x = <<<EOT
  Hello  {$name},
    you
  EOT . 'a' . 1 . .5;
$y = <<<'RAW'
 not  $replaced
RAW;
foreach ($xs as $k => [$v, 'b' => $w]) {
    $z[$k] .= $v ** 2 <=> -1;
}
switch ($x) {
    case 1:
    case 2:
        return $a?->b ?? 0;
    default:
        echo 'a', "b";
}
$m = match (true) {
    $n < 0, $n > 9 => 1, // outside
    default => fn($x) => $x,
};
class A {
    use B, C {
        B::f as private;
    }
    public function __construct(private readonly int $a = 1, &...$rest) {}
}
"#,
        expect![[r#"
            parsed: 217 tokens
            all words: 179
            <?php
            if ($a) f(); elseif ($b) g(); else h();
            $x = <<<EOT
              Hello  {$name},
                you
              EOT.'a'. 1 . .5;
            $y = <<<'RAW'
             not  $replaced
            RAW;
            foreach ($xs as $k => [$v,'b'=>$w]){$z[$k].=$v**2 <=> -1;}
            switch ($x){
             case 1:
             case 2:
              return $a?->b??0;
             default:
              echo 'a',"b";
            }
            $m = match(true){
             $n<0,$n>9=>1, // outside
             default => fn($x)=>$x,
            };
            class A {
             use B,C { B::f as private;}
             public function __construct(private readonly int $a=1,&...$rest){}
            }

            ----
            no words: 176
            <?php
            if ($a) f(); elseif ($b) g(); else h();
            $x = <<<EOT
              Hello  {$name},
                you
              EOT.'a'. 1 . .5;
            $y = <<<'RAW'
             not  $replaced
            RAW;
            foreach ($xs as $k => [$v,'b'=>$w]){$z[$k].=$v**2 <=> -1;}
            switch ($x){
             case 1:
             case 2:
              return $a?->b??0;
             default:
              echo 'a',"b";
            }
            $m = match(true){
             $n<0,$n>9=>1,
             default => fn($x)=>$x,
            };
            class A {
             use B,C { B::f as private;}
             public function __construct(private readonly int $a=1,&...$rest){}
            }

        "#]],
    );
}

#[test]
fn comments_that_tools_read_stay() {
    check(
        r#"<?php
// phpcs:disable
/** @var int $a */
$a = 1; // @phpstan-ignore-line
/**
 * @ORM\Entity(repositoryClass="Jobs")
 * @ORM\Table(name="jobs")
 */
class Job {
    /**
     * The id.
     *
     * @ORM\Column(type="integer")
     */
    private $id;

    /**
     * @dataProvider names
     */
    public function testName() {} // @codeCoverageIgnore
}
/* translators: %s: the name of a plugin */
__('Hello %s');
"#,
        expect![[r#"
            parsed: 116 tokens
            all words: 103
            <?php
            // phpcs:disable
            /** @var int $a */
            $a=1; // @phpstan-ignore-line
            /**
            * @ORM\Entity(repositoryClass="Jobs")
            * @ORM\Table(name="jobs")
            */
            class Job {
             /** The id.
            * @ORM\Column(type="integer")
            */
             private $id;
             /**
            * @dataProvider names
            */
             public function testName() {} // @codeCoverageIgnore
            }
            /* translators: %s: the name of a plugin */
            __('Hello %s');

            ----
            no words: 100
            <?php
            // phpcs:disable
            /** @var int $a */
            $a=1; // @phpstan-ignore-line
            /**
            * @ORM\Entity(repositoryClass="Jobs")
            * @ORM\Table(name="jobs")
            */
            class Job {
             /**
            * @ORM\Column(type="integer")
            */
             private $id;
             /**
            * @dataProvider names
            */
             public function testName() {} // @codeCoverageIgnore
            }
            /* translators: %s: the name of a plugin */
            __('Hello %s');

        "#]],
    );
}

#[test]
fn half_a_function_is_treated_by_line() {
    check(
        r#"<?php
        return <<<EOT
  a
EOT;
    }



    function g($a {
        f();
"#,
        expect![[r#"
            does not parse: layout by line: 26 tokens
            all words: 24
            <?php
              return <<<EOT
              a
            EOT;
             }

             function g($a {
              f();

            ----
            no words: 24
            <?php
              return <<<EOT
              a
            EOT;
             }

             function g($a {
              f();

        "#]],
    );
}

#[test]
fn a_skeleton_has_signatures_and_counts_the_lines_of_bodies() {
    expect![[r##"
        #!/usr/bin/env php
        <?php // the entry point
        declare(strict_types=1);
        namespace Queue\Jobs;

        use Queue\{Base, Other as Another};
        use function strlen,count;

        const LIMIT=10, NAME='q';
        require_once __DIR__.'/vendor/autoload.php';
        /** A queue of jobs. */
        #[Attribute(Attribute::TARGET_CLASS), Named(name:'q',)] abstract class Queue extends Base implements \Countable, Named {
         use Logs, Counts { Logs::log as private write;}
         public const A=1; // first
         protected static array $names=['a'=>1,"b"=>-1,...self::REST];
         private ?string $x=null,$y;

         public function __construct(private readonly int $limit=3,&...$rest){ parent::__construct($limit);}
         /** Adds a job. */
         final public function push(?callable $job,int|string $n = PHP_INT_MAX): static { /* 41 lines */ }

         abstract protected function run(): void;
        }

        enum State:string {
         case Idle='idle';
         case Busy='busy';
        }

        function helper(){ /* 1 line */ }
        goto end;
        end:
        ?>
        <html>
          <body class="<?=$class?>">
          <?php
        /* 5 lines */
        ?>
          </body>
        </html>
    "##]].assert_eq(&skeleton("php", include_str!("samples/sample.php")));
}
