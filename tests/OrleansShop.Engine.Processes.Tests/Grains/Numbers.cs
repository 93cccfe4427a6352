using Orleans.Streams;

namespace OrleansShop.Engine.Processes.Tests.Grains;

/// <summary>The streams of the tests, and under which names their subscribers write in the ledger.</summary>
internal static class Numbers
{
    public const string Namespace = "numbers";

    public static IAsyncStream<int> Of(IStreamProvider provider, string key) => provider.GetStream<int>(StreamId.Create(Namespace, key));

    public static string Explicit(string key) => $"explicit {key}";

    public static string Implicit(string key) => $"implicit {key}";
}
