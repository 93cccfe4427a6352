using System.Numerics;
using System.Runtime.InteropServices;

namespace OrleansShop.Engine.Diagnostics;

/// <summary>A counter that threads increment without meeting each other: one cell a cache line, chosen by thread.</summary>
/// <remarks>Hot path: one interlocked increment on a line that is usually this core's own.</remarks>
internal sealed class StripedCounter
{
    private readonly Cell[] _cells = new Cell[(int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 2)];

    public void Increment() => Interlocked.Increment(ref _cells[Environment.CurrentManagedThreadId & (_cells.Length - 1)].Value);

    public long Sum
    {
        get
        {
            var sum = 0L;
            foreach (ref var cell in _cells.AsSpan()) sum += Volatile.Read(ref cell.Value);
            return sum;
        }
    }

    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Cell
    {
        [FieldOffset(64)]
        public long Value;
    }
}
