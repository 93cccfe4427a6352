using System.Net;
using OrleansShop.ServiceDefaults.Streams;

namespace OrleansShop.Gateway.Streams;

/// <summary>What a process answered, or why it did not. Immutable.</summary>
/// <param name="Process">Its address.</param>
/// <param name="Value">The answer; null if there is none.</param>
/// <param name="Status">The status of a refusal; null if there was no answer at all, or a good one.</param>
/// <param name="Problem">Why there is no answer; null if there is one.</param>
internal sealed record ProcessReply<T>(string Process, T? Value, HttpStatusCode? Status, string? Problem)
    where T : class
{
    public static ProcessReply<T> Of(Uri process, T? value) => value is null ? Failed(process, status: null, "It answered with nothing.") : new(Name(process), value, null, null);

    public static ProcessReply<T> Failed(Uri process, HttpStatusCode? status, string problem) => new(Name(process), null, status, problem);

    /// <summary>The process as one that is named in an answer because its part is missing.</summary>
    public SilentProcess AsSilent() => new(Process, Problem!);

    private static string Name(Uri process) => process.ToString().TrimEnd('/');
}
