using Orleans.Runtime;

namespace OrleansShop.Engine.Hosting;

/// <summary>Who this process, or this silo of a process with several, is to the cluster.</summary>
/// <param name="Address">The silo's address; <see cref="SiloAddress.Zero"/> for a client.</param>
/// <param name="ClientId">How its observers are found: a client's own id, or <c>hosted-</c> and the silo's address.</param>
/// <param name="IsSilo">Whether grains run here.</param>
internal sealed record ProcessIdentity(SiloAddress Address, string ClientId, bool IsSilo)
{
    public static ProcessIdentity OfSilo(SiloAddress address) => new(address, "hosted-" + address.ToParsableString(), IsSilo: true);

    public static ProcessIdentity OfClient(string clientId) => new(SiloAddress.Zero, clientId, IsSilo: false);
}
