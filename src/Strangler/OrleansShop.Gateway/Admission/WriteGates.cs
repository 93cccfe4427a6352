using System.Numerics;

namespace OrleansShop.Gateway.Admission;

/// <summary>One <see cref="WriteGate"/> per capability, by the capability's index. A write names its capabilities by a bit set.</summary>
internal sealed class WriteGates(int capabilityCount)
{
    private readonly WriteGate[] _gates = [.. Enumerable.Range(0, capabilityCount).Select(static _ => new WriteGate())];

    /// <summary>The gate of one capability.</summary>
    public WriteGate this[int capability] => _gates[capability];

    /// <summary>Enters all gates of the set, or none.</summary>
    /// <param name="capabilities">The capabilities that the write touches: bit n stands for capability n.</param>
    /// <param name="heldCapability">The capability whose gate is held, when the result is false.</param>
    public bool TryEnter(ulong capabilities, out int heldCapability)
    {
        var remaining = capabilities;
        while (remaining != 0)
        {
            var index = BitOperations.TrailingZeroCount(remaining);
            if (!_gates[index].TryEnter())
            {
                Leave(capabilities & ((1UL << index) - 1));
                heldCapability = index;
                return false;
            }

            remaining &= remaining - 1;
        }

        heldCapability = -1;
        return true;
    }

    /// <summary>Leaves all gates of the set.</summary>
    public void Leave(ulong capabilities)
    {
        while (capabilities != 0)
        {
            _gates[BitOperations.TrailingZeroCount(capabilities)].Leave();
            capabilities &= capabilities - 1;
        }
    }
}
