namespace OrleansShop.EndToEnd.Tests.Moves.Running;

/// <summary>How a system under the checker is made.</summary>
internal sealed record ClinicPlan
{
    /// <summary>How often the second gateway asks how capabilities stand. Above the first one's second, so that its clients keep meeting the wrong side.</summary>
    public TimeSpan SecondGatewayFollows { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a gateway may take a capability that it last heard to be the monolith's for one that does not move.</summary>
    public static TimeSpan GatewaysBelieve { get; } = TimeSpan.FromSeconds(1);
}
