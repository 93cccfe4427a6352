using System.Collections.Concurrent;
using OrleansShop.Testing.Waiting;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>What the subscribers of one test have taken, by names that no other test has; and how they behave.</summary>
internal static class Inbox
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> s_all = new();
    private static readonly ConcurrentDictionary<string, Func<string, Task>> s_behaviours = new();

    public static ConcurrentQueue<string> Of(string name) => s_all.GetOrAdd(name, static _ => new());

    /// <summary>What subscribers with this name do with each event before they note it.</summary>
    public static void Behave(string name, Func<string, Task> behaviour) => s_behaviours[name] = behaviour;

    public static async Task Take(string name, string text)
    {
        if (s_behaviours.TryGetValue(name, out var behaviour)) await behaviour(text);
        Of(name).Enqueue(text);
    }

    public static Task Has(string name, int count) => Eventually.Holds(() => Of(name).Count >= count, $"{name} has {count} events");
}
