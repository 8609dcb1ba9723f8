#region License
// Copyright (c) 2007 The Authors. All rights reserved.
#endregion
#nullable enable
using System;
using static System.Math;   // all of it
using Names = System.Collections.Generic.Dictionary<string, string>;
#if NET6_0_OR_GREATER
using System.Threading;
#endif

[assembly: AssemblyTitle("Queue")]

#pragma warning disable 1591   // no documentation
namespace Queue.Jobs
{
    /// <summary>
    /// A queue of jobs.
    /// </summary>
    /// <typeparam name="T">What a job gives; it must not be null.</typeparam>
    [Serializable]
    [DebuggerDisplay("{Count}", Name = "q")]
    public sealed partial class Queue<T> : Base, IEnumerable<T>
        where T : class, new()
    {
        #region Fields
        private readonly int _limit = 1 << 3, _count;   // at most
        private static readonly string[] Names = { "a", "b", };
        public event EventHandler<JobArgs>? Changed;
        #endregion Fields

        public Queue(int limit) : base(limit)
        {
            _limit = limit;
        }

        ~Queue() { Dispose(false); }

        /// <summary>Gets or sets the count.</summary>
        public int Count
        {
            get { return _count; }
            private set { _count = value; }
        }
        public string Name { get; init; } = "q";
        public int Length => _count + 1;
        public T this[int index] => _items[index];

        public static implicit operator bool(Queue<T> q) => q != null;
        public static Queue<T> operator +(Queue<T> a, T b) { a.Push(b); return a; }

        // Adds a job.
        public async Task<T?> PushAsync<R>(R job, params object[] rest) where R : T
        {
            if (job is null)
                throw new ArgumentNullException(nameof(job));
            else if (rest.Length > 0 && rest[^1] is string { Length: > 0 } s)
                return default;
            lock (_lock)
            {
#if DEBUG
                Console.WriteLine($"push  {job,-10:N} {{x}} {(a ? "b" : "c")}");
#else
                Log(@"C:\temp\
  ""x""");
#endif
            }
            var text = """
                raw  "text"
                """;
            foreach (var (key, value) in _map)
                for (int i = 0, j = 1; i < 10; i++, j--)
                    if (key == 'x') continue;
            switch (_count)
            {
                case 1:
                case > 2 when _limit >= 3:
                    goto default;
                default:
                    break;
            }
            var name = _state switch
            {
                State.Idle => "idle",   // nothing to do
                _ => null,
            };
            try { await Task.Delay(1_000).ConfigureAwait(false); }
            catch (IOException e) when (e.HResult < 0) { throw; }
            finally { _count -= -1; }
            var query = from x in _items
                        where x > 1 orderby x descending
                        select new { x, Y = x?.Length ?? 0 };
            Func<int, int> f = x => x * 2, g = delegate (int y) { return y; };
            int Local(ref int z) => z = unchecked(z << 1 >> 2);
            using var stream = new MemoryStream { Position = 0 };
            int[] xs = [1, ..rest];
            label:
            return _items?[0] as T;
        }
    }

    internal enum State : byte { Idle, Busy = 1, }
    public record struct Point(int X, int Y);
    public delegate void Handler(object sender, in int e);
}
