using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace OrleansShop.ServiceDefaults.Ecs;

/// <summary>The ECS task that this process runs in, as the task metadata endpoint describes it. Immutable.</summary>
/// <param name="Group">The name of the task's service; of its task definition if it belongs to none.</param>
/// <param name="Id">The last part of the task's ARN.</param>
/// <param name="NetworkMode"><c>awsvpc</c>, <c>bridge</c> or <c>host</c>.</param>
/// <param name="Address">
/// The address by which others reach the task: that of its own network interface; in the other modes the host's, if the agent writes the file of <see cref="FileVariable"/>, else null.
/// </param>
/// <param name="HostPorts">The host's TCP port of each mapped port of the container; only the mode <c>bridge</c> maps them on others.</param>
internal sealed record EcsTask(string Group, string Id, string NetworkMode, IPAddress? Address, ImmutableDictionary<int, int> HostPorts)
{
    /// <summary>The variable that ECS sets in every container; configuration has it under the same name.</summary>
    public const string MetadataVariable = "ECS_CONTAINER_METADATA_URI_V4";

    /// <summary>The variable with the path of the file that describes the container, on hosts whose agent writes one (its <c>ECS_ENABLE_CONTAINER_METADATA</c>).</summary>
    public const string FileVariable = "ECS_CONTAINER_METADATA_FILE";

    /// <summary>
    /// How long a process in a task goes on serving after it has turned unready: two rounds of the gateway's health checks, or two looks of a service discovery.
    /// </summary>
    public static readonly TimeSpan DefaultReadinessDelay = TimeSpan.FromSeconds(5);

    /// <summary>Whether this process runs in an ECS task.</summary>
    public static bool IsIn(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[MetadataVariable]);
}
