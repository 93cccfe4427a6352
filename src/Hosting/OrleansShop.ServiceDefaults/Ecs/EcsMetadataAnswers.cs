using System.Text.Json.Serialization;

namespace OrleansShop.ServiceDefaults.Ecs;

/// <summary>What is used of the metadata of a container. Everything may be missing: what ECS does not know yet it leaves out.</summary>
internal sealed record EcsContainerAnswer(List<EcsNetworkAnswer?>? Networks, List<EcsPortAnswer?>? Ports);

/// <summary>A network of a container.</summary>
internal sealed record EcsNetworkAnswer(string? NetworkMode, List<string?>? IPv4Addresses, List<string?>? IPv6Addresses);

/// <summary>A port of a container.</summary>
internal sealed record EcsPortAnswer(int? ContainerPort, int? HostPort, string? Protocol);

/// <summary>What is used of the metadata of a task.</summary>
internal sealed record EcsTaskAnswer([property: JsonPropertyName("TaskARN")] string? Arn, string? Family, string? ServiceName);

/// <summary>What is used of the file that describes a container to itself, where the agent writes one.</summary>
internal sealed record EcsContainerFile(string? HostPrivateIPv4Address);

[JsonSerializable(typeof(EcsContainerAnswer))]
[JsonSerializable(typeof(EcsTaskAnswer))]
[JsonSerializable(typeof(EcsContainerFile))]
internal sealed partial class EcsJson : JsonSerializerContext;
