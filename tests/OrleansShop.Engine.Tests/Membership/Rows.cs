using System.Net;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Tests.Membership;

/// <summary>Membership rows for tests.</summary>
internal static class Rows
{
    public static SiloAddress Silo(int number, int generation = 1) => SiloAddress.New(IPAddress.Loopback, 10_000 + number, generation);

    public static MembershipRow Row(int number, SiloStatus status = SiloStatus.Active, int generation = 1, params string[] hosts) =>
        new(Silo(number, generation), status, $"silo{number}", "here", 20_000 + number,
            [.. hosts.Select(type => new KnownGrain(GrainType.Create(type), type, false, [new KnownInterface(GrainInterfaceType.Create("I" + type), 1)]))]);

    public static MembershipView View(long version, params MembershipRow[] rows) => new(version, rows);

    public static int FreePort() => Engine.Membership.FreePort.At(IPAddress.Loopback);
}
