using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansShop.Cli.Gateway;

/// <summary>What the gateway says of all capabilities; the parts that are shown.</summary>
internal sealed record CapabilitiesAnswer(IReadOnlyList<CapabilityAnswer> Capabilities, IReadOnlyList<ProcessAnswer> Monolith);

internal sealed record CapabilityAnswer(string Name, ServiceAnswer Service);

internal sealed record ServiceAnswer(IReadOnlyList<ProcessAnswer> Processes);

internal sealed record ProcessAnswer(string Address, bool Ready);

internal sealed record ProblemAnswer(string? Title = null, string? Detail = null);

[JsonSerializable(typeof(CapabilitiesAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(QueuesAnswer))]
[JsonSerializable(typeof(DeadLettersAnswer))]
[JsonSerializable(typeof(DeadLetterAnswer))]
[JsonSerializable(typeof(DeadLetterOrder))]
[JsonSerializable(typeof(DeadLetterOrderAnswer))]
[JsonSerializable(typeof(CapabilityStatusAnswer))]
[JsonSerializable(typeof(MoveOrder))]
[JsonSerializable(typeof(RolloutAnswer))]
[JsonSerializable(typeof(VerificationAnswer))]
[JsonSerializable(typeof(DifferencesAnswer))]
[JsonSerializable(typeof(IReadOnlyList<TransitionAnswer>))]
[JsonSerializable(typeof(string))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class AnswersJson : JsonSerializerContext;
