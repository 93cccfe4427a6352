using System.Buffers;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>What an application sends: a few numbers, a text, a time, an id and a short list.</summary>
[GenerateSerializer]
public sealed class OrderLine
{
    [Id(0)]
    public int Id { get; set; }

    [Id(1)]
    public string Name { get; set; } = "";

    [Id(2)]
    public Guid Customer { get; set; }

    [Id(3)]
    public DateTime At { get; set; }

    [Id(4)]
    public double Price { get; set; }

    [Id(5)]
    public List<int> Quantities { get; set; } = [];
}

/// <summary>
/// Writes and reads a small object. Beside the time that passed stands the processor's time: on a machine that others use, the clock counts
/// their work too.
/// </summary>
internal sealed class SerializerRoundTrip : IBenchmark
{
    public string Name => "serializer";

    public string Question => "bytes, and nanoseconds to write and to read, of a small object, by the clock and of the processor";

    public Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        using var host = BenchmarkSilo.Build(BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort());
        var serializer = host.Services.GetRequiredService<Serializer>();
        var value = new OrderLine
        {
            Id = 4711,
            Name = "cat food, 12 tins",
            Customer = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
            At = new DateTime(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc),
            Price = 13.95,
            Quantities = [1, 2, 3],
        };
        var buffer = new ArrayBufferWriter<byte>(1024);
        serializer.Serialize(value, buffer);
        var bytes = buffer.WrittenMemory.ToArray();

        var write = NanosecondsPer(options, () =>
        {
            buffer.ResetWrittenCount();
            serializer.Serialize(value, buffer);
        });
        var read = NanosecondsPer(options, () => serializer.Deserialize<OrderLine>(bytes));
        return Task.FromResult<IReadOnlyList<Measurement>>(
        [
            new("size", bytes.Length, "B"),
            new("write", write.Passed, "ns"), new("write, processor", write.Worked, "ns"),
            new("read", read.Passed, "ns"), new("read, processor", read.Worked, "ns"),
        ]);
    }

    private static (double Passed, double Worked) NanosecondsPer(RoundOptions options, Action action)
    {
        Repeat(action, options.WarmUp);
        return Repeat(action, options.Duration);
    }

    private static (double Passed, double Worked) Repeat(Action action, TimeSpan duration)
    {
        const int Batch = 10_000;
        var start = Stopwatch.GetTimestamp();
        var worked = Environment.CpuUsage.TotalTime;
        long count = 0;
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            for (var index = 0; index < Batch; index++)
            {
                action();
            }

            count += Batch;
        }

        return (Stopwatch.GetElapsedTime(start).TotalNanoseconds / count, (Environment.CpuUsage.TotalTime - worked).TotalNanoseconds / count);
    }
}
