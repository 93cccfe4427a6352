using System.Collections.Immutable;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>A user as the monolith's database knows it.</summary>
/// <param name="Username">The name, as stored.</param>
/// <param name="PasswordHash">The stored password, in the monolith's own format.</param>
/// <param name="Enabled">Whether the user may sign in.</param>
/// <param name="Roles">The names of the user's roles, as stored.</param>
public sealed record MonolithUser(string Username, string PasswordHash, bool Enabled, ImmutableArray<string> Roles)
{
    /// <summary>The name only.</summary>
    public override string ToString() => Username;
}
