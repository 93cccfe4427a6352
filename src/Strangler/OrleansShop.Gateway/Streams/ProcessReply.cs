using System.Net;
using OrleansShop.ServiceDefaults.Streams;

namespace OrleansShop.Gateway.Streams;

/// <summary>What a process answered, or why it did not. Immutable.</summary>
/// <param name="Process">The process.</param>
/// <param name="Value">The answer; null if there is none.</param>
/// <param name="Status">The status of a refusal; null if there was no answer at all, or a good one.</param>
/// <param name="Problem">Why there is no answer; null if there is one.</param>
/// <param name="IsVacant">Whether nobody listens there, and nobody has answered since the gateway started.</param>
internal sealed record ProcessReply<T>(ServiceProcess Process, T? Value, HttpStatusCode? Status, string? Problem, bool IsVacant)
    where T : class
{
    public static ProcessReply<T> Of(ServiceProcess process, T? value) => value is null ? Failed(process, status: null, "It answered with nothing.") : new(process, value, null, null, IsVacant: false);

    public static ProcessReply<T> Failed(ServiceProcess process, HttpStatusCode? status, string problem) => new(process, null, status, problem, IsVacant: false);

    public static ProcessReply<T> Vacant(ServiceProcess process, string problem) => new(process, null, null, problem, IsVacant: true);

    /// <summary>The process as one that is named in an answer because it has no part in it.</summary>
    public SilentProcess AsMissing() => new(Process.Name, Problem!);
}
