namespace OrleansShop.ServiceDefaults.Streams;

/// <summary>How queues of stream providers stand.</summary>
/// <param name="Queues">Each queue that was found.</param>
/// <param name="Silent">The processes that did not answer: their queues are missing. A process that speaks for itself leaves it empty.</param>
/// <param name="Absent">Addresses that are kept free for further processes, where nobody has answered yet: nothing is missing because of them. Null from a process that speaks for itself.</param>
public sealed record QueuesAnswer(IReadOnlyList<QueueAnswer> Queues, IReadOnlyList<SilentProcess> Silent, IReadOnlyList<SilentProcess>? Absent = null);

/// <summary>How a queue stands. What the queue cannot tell is null.</summary>
/// <param name="Provider">The stream provider.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Depth">How many messages wait to be given out.</param>
/// <param name="InFlight">How many are given out and not deleted.</param>
/// <param name="OldestAgeSeconds">The age of the oldest message that is not deleted.</param>
/// <param name="DeadLetters">How many dead letters it has.</param>
/// <param name="Problem">Why the queue did not tell; null if it did.</param>
/// <param name="Process">The address of the process that pulls it; null when that process itself answers.</param>
public sealed record QueueAnswer(string Provider, string Queue, long? Depth, long? InFlight, double? OldestAgeSeconds, long? DeadLetters, string? Problem, string? Process = null);

/// <summary>A process that did not answer.</summary>
/// <param name="Process">Its address.</param>
/// <param name="Problem">What happened instead.</param>
public sealed record SilentProcess(string Process, string Problem);
