using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace OrleansShop.Clinic.Http.Security;

/// <summary>
/// Checks a user name and password. The stored hash is slow on purpose (tens of milliseconds), and basic authentication sends the password with every
/// request; so a pair of hash and password that matched once is remembered, under a key that only this process has. The user is looked up each time: a changed
/// password, a disabled user or another role counts at once. Safe for use by many threads.
/// </summary>
internal sealed class PasswordCheck(IUserDirectory users, IPasswordHasher<string> hasher)
{
    private const int MaxRemembered = 1000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, bool> _matched = new(StringComparer.Ordinal);
    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword("", Convert.ToHexString(RandomNumberGenerator.GetBytes(16))));

    /// <summary>The roles of the user, or null when the pair does not let anybody in.</summary>
    public async Task<IReadOnlyList<string>?> SignInAsync(string username, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindAsync(username, cancellationToken);

        // A user who is not there costs as much time as one who is, so that the time does not tell which names exist.
        var hash = user is { PasswordHash.Length: > 0 } ? user.PasswordHash : _nobodysHash.Value;
        var matches = Matches(username, hash, password);
        return matches && user is { IsEnabled: true } ? user.Roles : null;
    }

    private bool Matches(string username, string hash, string password)
    {
        var fingerprint = Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{hash}:{password}")));
        if (_matched.ContainsKey(fingerprint)) return true;
        if (hasher.VerifyHashedPassword(username, hash, password) == PasswordVerificationResult.Failed) return false;

        if (_matched.Count >= MaxRemembered) _matched.Clear();
        _matched[fingerprint] = true;
        return true;
    }
}
