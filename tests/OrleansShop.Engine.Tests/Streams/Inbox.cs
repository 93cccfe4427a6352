using System.Collections.Concurrent;

namespace OrleansShop.Engine.Tests.Streams;

/// <summary>What the subscribers of one test have got. Grains find it by the test's name, which is part of the events or of their keys.</summary>
internal static class Inbox
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> s_all = new();

    public static ConcurrentQueue<string> Of(string name) => s_all.GetOrAdd(name, static _ => new());

    public static string NewName() => Guid.NewGuid().ToString("N");

    public static Task Has(string name, int count) => Eventually.Holds(() => Of(name).Count >= count, $"{count} events arrived at {name}; there are {Of(name).Count}");
}
