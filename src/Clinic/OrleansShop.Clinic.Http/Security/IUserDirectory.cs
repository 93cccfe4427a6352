namespace OrleansShop.Clinic.Http.Security;

/// <summary>Where users are looked up when security is on.</summary>
internal interface IUserDirectory
{
    /// <summary>The user as it is stored now, or null when there is none of this name.</summary>
    Task<KnownUser?> FindAsync(string username, CancellationToken cancellationToken);
}

/// <summary>A user who may sign in.</summary>
/// <param name="PasswordHash">In the format of ASP.NET Core Identity; empty for a user who cannot sign in.</param>
/// <param name="IsEnabled">Whether the user may sign in.</param>
/// <param name="Roles">The names of the user's roles.</param>
internal sealed record KnownUser(string PasswordHash, bool IsEnabled, IReadOnlyList<string> Roles);
