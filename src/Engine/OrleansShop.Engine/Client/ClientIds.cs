using System.Security.Cryptography;

namespace OrleansShop.Engine.Client;

/// <summary>Gives each client an id that no other client of any process has.</summary>
internal static class ClientIds
{
    // From the system's generator and not a seeded one: two processes must never get the same.
    public static string Next() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString("N");
}
