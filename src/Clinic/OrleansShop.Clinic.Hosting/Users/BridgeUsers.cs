using OrleansShop.Clinic.Http.Security;
using OrleansShop.Strangler.BridgeClient;

namespace OrleansShop.Clinic.Hosting.Users;

/// <summary>Users stay with the monolith in every phase: a service looks them up there, through the bridge.</summary>
internal sealed class BridgeUsers(IMonolithBridge bridge) : IUserDirectory
{
    public async Task<KnownUser?> FindAsync(string username, CancellationToken cancellationToken) =>
        await bridge.GetUserAsync(username, cancellationToken) is { } user ? new KnownUser(user.PasswordHash, user.Enabled, user.Roles) : null;
}
