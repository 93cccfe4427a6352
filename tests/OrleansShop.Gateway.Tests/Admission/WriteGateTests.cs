using OrleansShop.Gateway.Admission;
using Xunit;

namespace OrleansShop.Gateway.Tests.Admission;

public sealed class WriteGateTests
{
    [Fact]
    public void Holding_an_empty_gate_finds_it_drained()
    {
        var gate = new WriteGate();
        Assert.True(gate.Hold().IsCompleted);
        Assert.False(gate.TryEnter());
        gate.Release();
        Assert.True(gate.TryEnter());
        Assert.Equal(1, gate.Inside);
    }

    [Fact]
    public void A_held_gate_is_drained_when_the_last_write_leaves()
    {
        var gate = new WriteGate();
        Assert.True(gate.TryEnter());
        Assert.True(gate.TryEnter());
        var drained = gate.Hold();
        gate.Leave();
        Assert.False(drained.IsCompleted);
        Assert.False(gate.TryEnter());
        gate.Leave();
        Assert.True(drained.IsCompleted);
    }

    [Fact]
    public void A_gate_that_was_released_before_it_drained_can_be_held_again()
    {
        var gate = new WriteGate();
        Assert.True(gate.TryEnter());
        var first = gate.Hold();
        gate.Release();
        var second = gate.Hold();
        Assert.False(second.IsCompleted);
        gate.Leave();
        Assert.True(second.IsCompleted);
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task No_write_is_inside_while_the_gate_is_held_and_drained()
    {
        var gate = new WriteGate();
        using var stop = new CancellationTokenSource();
        var inside = 0;
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (gate.TryEnter())
                {
                    Interlocked.Increment(ref inside);
                    Interlocked.Decrement(ref inside);
                    gate.Leave();
                }
            }
        })).ToList();

        for (var round = 0; round < 2000; round++)
        {
            await gate.Hold().WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal(0, Volatile.Read(ref inside));
            Assert.Equal(0, gate.Inside);
            gate.Release();
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Equal(0, gate.Inside);
    }

    [Fact]
    public void A_write_enters_all_of_its_gates_or_none()
    {
        var gates = new WriteGates(4);
        gates[2].Hold();
        Assert.False(gates.TryEnter(0b1101, out var held));
        Assert.Equal(2, held);
        Assert.Equal([0, 0, 0, 0], Enumerable.Range(0, 4).Select(index => gates[index].Inside));

        Assert.True(gates.TryEnter(0b1011, out _));
        Assert.Equal([1, 1, 0, 1], Enumerable.Range(0, 4).Select(index => gates[index].Inside));
        gates.Leave(0b1011);
        Assert.Equal([0, 0, 0, 0], Enumerable.Range(0, 4).Select(index => gates[index].Inside));
    }
}
