using System.Diagnostics;

namespace OrleansShop.Benchmarks.Sqs;

[GenerateSerializer]
[Immutable]
public sealed record MeteredEvent([property: Id(0)] long SentAt, [property: Id(1)] string Text)
{
    private static readonly string s_text = new('x', 200);

    public static MeteredEvent Now() => new(Stopwatch.GetTimestamp(), s_text);
}
