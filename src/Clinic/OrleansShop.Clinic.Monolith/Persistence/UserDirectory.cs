using OrleansShop.Clinic.Http.Security;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>Users for sign-in, read each time.</summary>
internal sealed class UserDirectory(ClinicDatabase database) : IUserDirectory
{
    public Task<KnownUser?> FindAsync(string username, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.Users.FindAsync(username) is { } user
            ? new KnownUser(user.PasswordHash, user.Enabled, await session.Users.ListRolesAsync(username))
            : null,
        cancellationToken);
}
