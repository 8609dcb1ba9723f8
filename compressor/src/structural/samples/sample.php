#!/usr/bin/env php
<?php // the entry point
declare(strict_types=1);

/**
 * This file is part of Queue.
 *
 * (c) The Authors
 *
 * @license MIT
 */
namespace Queue\Jobs;

use Queue\{Base, Other as Another};
use function strlen, count;

const LIMIT = 10, NAME = 'q';

# Needed by all.
require_once __DIR__ . '/vendor/autoload.php';

/**
 * A queue
 * of jobs.
 *
 * @template T
 * @ORM\Entity(repositoryClass="Jobs")
 */
#[Attribute(Attribute::TARGET_CLASS), Named(
    name: 'q',
)]
abstract class Queue extends Base implements \Countable, Named
{
    use Logs, Counts {
        Logs::log as private write;
    }

    public const A = 1;   // first
    /** @var array<string, int> */
    protected static array $names = ['a' => 1, "b" => -1, ...self::REST];
    private ?string $x = null, $y;

    public function __construct(private readonly int $limit = 3, &...$rest)
    {
        parent::__construct($limit);
    }

    /**
     * Adds a job.
     *
     * @param  callable|null  $job   What to run; it
     *                               must not throw.
     * @return $this
     */
    final public function push(?callable $job, int|string $n = PHP_INT_MAX): static
    {
        global $count;
        static $calls = 0;
        if (!$job instanceof \Closure && $n <=> 1)
            return $this;
        elseif ($n)
            return null;
        if ($n === .5 || @$this->names[$n]?->x ?? false):
            echo 'a';
        else:
            print "b";
        endif;
        foreach ($this->jobs as $key => [, $value]) {
            $this->jobs[$key] .= $value . 1 . '  x' . "{$value['y']} $key->z";
            if ($key > 3) { continue 2; }
        }
        for ($i = 0, $j = 1; $i < 10; ++$i) $j--;
        while (true): break; endwhile;
        switch ($n) {
            case 1:
            case 2:
                return clone $this;
            default:
                throw new \Exception(<<<EOT
                    Not  $n:
                      {$this->limit}
                    EOT . 'x');
        }
        $f = fn(int $x): int => $x ** 2 % 3;
        $g = static function () use ($f, &$n) { return yield $n => $f; };
        $raw = <<<'RAW'
  $not  replaced
RAW;
        try {
            [$a, 'b' => $b] = $this();
        } catch (A | B $e) {
            // told already
        } finally { unset($a, $b); }
        return match (true) {
            $n < 0, $n > 9 => (string) $n,   // outside
            default => $a ?: $b ?? `ls`,
        };
    }

    abstract protected function run(): void;
}

enum State: string
{
    case Idle = 'idle';
    case Busy = 'busy';
}

function helper() { return new class(1) { public int $n = 0; }; }
goto end;
end:
?>
<html>
  <body class="<?= $class ?>">
  <?php if (helper()): ?>
    <b>  yes  </b>
  <?php else: // or not ?>
    no
  <?php endif ?>
  </body>
</html>
