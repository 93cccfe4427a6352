using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansShop.Cli.Gateway;

/// <summary>What the gateway says of all capabilities; the parts that are shown.</summary>
internal sealed record CapabilitiesAnswer(IReadOnlyList<CapabilityAnswer> Capabilities, IReadOnlyList<ProcessAnswer> Monolith);

internal sealed record CapabilityAnswer(
    string Name, string Phase, string State, DateTimeOffset Since, ServiceAnswer Service, int WritesInFlight, SwitchAnswer? LastSwitch);

internal sealed record ServiceAnswer(string? Phase, string? Problem, IReadOnlyList<ProcessAnswer> Processes);

internal sealed record ProcessAnswer(string Address, bool Ready);

internal sealed record SwitchAnswer(
    long? Id, string Capability, string From, string To, string Outcome, string? Step, string? By, string? Origin,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Detail)
{
    public bool IsRunning => Outcome == "Running";

    public bool HasSucceeded => Outcome is "Succeeded" or "Unchanged";
}

internal sealed record HistoryAnswer(IReadOnlyList<SwitchAnswer> Switches);

internal sealed record SwitchOrder(string To, string By);

internal sealed record ProblemAnswer(string? Title = null, string? Detail = null);

[JsonSerializable(typeof(CapabilitiesAnswer))]
[JsonSerializable(typeof(SwitchAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(SwitchOrder))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(QueuesAnswer))]
[JsonSerializable(typeof(DeadLettersAnswer))]
[JsonSerializable(typeof(DeadLetterAnswer))]
[JsonSerializable(typeof(DeadLetterOrder))]
[JsonSerializable(typeof(DeadLetterOrderAnswer))]
[JsonSerializable(typeof(CapabilityStatusAnswer))]
[JsonSerializable(typeof(MoveOrder))]
[JsonSerializable(typeof(VerificationAnswer))]
[JsonSerializable(typeof(DifferencesAnswer))]
[JsonSerializable(typeof(IReadOnlyList<TransitionAnswer>))]
[JsonSerializable(typeof(string))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class AnswersJson : JsonSerializerContext;
