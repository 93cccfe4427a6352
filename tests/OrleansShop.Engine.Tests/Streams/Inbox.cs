using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansShop.Engine.Tests.Streams;

/// <summary>What the subscribers of one test have got, by names that no other test has; and how they behave.</summary>
internal static class Inbox
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> s_all = new();
    private static readonly ConcurrentDictionary<string, Func<string, Task>> s_behaviours = new();

    public static ConcurrentQueue<string> Of(string name) => s_all.GetOrAdd(name, static _ => new());

    public static string NewName() => Guid.NewGuid().ToString("N");

    /// <summary>What subscribers with this name do with each event before they note it.</summary>
    public static void Behave(string name, Func<string, Task> behaviour) => s_behaviours[name] = behaviour;

    public static async Task Take(string name, string text)
    {
        if (s_behaviours.TryGetValue(name, out var behaviour))
            await behaviour(text);
        Of(name).Enqueue(text);
    }

    /// <summary>Waits longer than most tests: the machine may be busy with others.</summary>
    public static async Task Has(string name, int count)
    {
        var started = Stopwatch.GetTimestamp();
        while (Of(name).Count < count)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(60))
                throw new TimeoutException($"{name} has {Of(name).Count} of {count} after a minute: {string.Join(", ", Of(name).Take(20))}");
            await Task.Delay(10);
        }
    }
}
