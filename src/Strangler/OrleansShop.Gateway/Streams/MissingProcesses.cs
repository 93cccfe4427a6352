using OrleansShop.ServiceDefaults.Streams;

namespace OrleansShop.Gateway.Streams;

/// <summary>Who has no part in an answer.</summary>
/// <param name="Silent">Processes that should have: without them the answer is not all.</param>
/// <param name="Absent">Addresses kept free for further processes: the answer lacks nothing.</param>
/// <remarks>
/// Configurations name addresses at which no process runs yet, so that one can be added. Such an address cannot be told from a process that is down by asking it. What counts is that nobody listens there, that
/// nobody has answered there since the gateway started, and that each service of the address has another process that answers now.
/// </remarks>
internal sealed record MissingProcesses(IReadOnlyList<SilentProcess> Silent, IReadOnlyList<SilentProcess> Absent)
{
    /// <param name="replies">What each of all processes replied.</param>
    public static MissingProcesses Of<T>(IReadOnlyCollection<ProcessReply<T>> replies)
        where T : class
    {
        var served = replies.Where(static reply => reply.Value is not null || reply.Status is not null).SelectMany(static reply => reply.Process.Services).ToHashSet();
        var missing = replies.Where(static reply => reply.Problem is not null).ToLookup(reply => reply.IsVacant && reply.Process.Services.All(served.Contains), static reply => reply.AsMissing());
        return new MissingProcesses([.. missing[false]], [.. missing[true]]);
    }

    /// <summary>Joins what was found by several questions, a process once.</summary>
    public MissingProcesses And(MissingProcesses other)
    {
        List<SilentProcess> silent = [.. Silent.Concat(other.Silent).DistinctBy(static one => one.Process)];
        return new(silent, [.. Absent.Concat(other.Absent).DistinctBy(static one => one.Process).ExceptBy(silent.Select(static one => one.Process), static one => one.Process)]);
    }
}
