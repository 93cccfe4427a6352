using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansShop.Gateway.Mirroring;
using OrleansShop.Gateway.Phases;
using OrleansShop.ServiceDefaults.Streams;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Admin;

/// <summary>What to do with a capability.</summary>
/// <param name="To"><c>monolith</c> or <c>grains</c>.</param>
/// <param name="By">Who asks, for the history; at most 200 characters. Default <c>unknown</c>.</param>
internal sealed record SwitchOrder(string? To, string? By);

/// <summary>A switch, running or ended.</summary>
/// <param name="Id">Its number; null when nothing had to be done.</param>
/// <param name="Capability">The capability.</param>
/// <param name="From">The phase before.</param>
/// <param name="To">The phase that was wanted.</param>
/// <param name="Outcome"><c>Running</c>, <c>Succeeded</c>, <c>Failed</c>, <c>Interrupted</c>, <c>Reconciled</c>, or <c>Unchanged</c> when it was there already.</param>
/// <param name="Step">The last step that was begun; null when nothing had to be done.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Origin">The network address that the request came from.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC; null while it runs.</param>
/// <param name="Detail">What came of it.</param>
internal sealed record SwitchAnswer(
    long? Id,
    string Capability,
    CapabilityPhase From,
    CapabilityPhase To,
    string Outcome,
    SwitchStep? Step,
    string? By,
    string? Origin,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string Detail)
{
    public const string UnchangedOutcome = "Unchanged";

    public static SwitchAnswer Of(SwitchRecord record) => new(
        record.Id, record.Capability, record.From, record.To, record.Outcome.ToString(), record.Step, record.By, record.Origin,
        record.StartedAt, record.EndedAt, record.Detail);

    public static SwitchAnswer Unchanged(string capability, PhaseRecord phase, DateTimeOffset now) => new(
        Id: null, capability, phase.Phase, phase.Phase, UnchangedOutcome, Step: null, By: null, Origin: null, now, now,
        $"{capability} has been at {phase.Phase} since {phase.Since:u}.");
}

/// <summary>Switches that have ended, newest first.</summary>
internal sealed record HistoryAnswer(IReadOnlyList<SwitchAnswer> Switches);

[JsonSerializable(typeof(CapabilitiesAnswer))]
[JsonSerializable(typeof(SwitchAnswer))]
[JsonSerializable(typeof(SwitchOrder))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(OrderBody))]
[JsonSerializable(typeof(DifferencesAnswer))]
[JsonSerializable(typeof(QueuesAnswer))]
[JsonSerializable(typeof(DeadLettersAnswer))]
[JsonSerializable(typeof(DeadLetterAnswer))]
[JsonSerializable(typeof(DeadLetterOrder))]
[JsonSerializable(typeof(DeadLetterOrderAnswer))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class AdminJson : JsonSerializerContext;
