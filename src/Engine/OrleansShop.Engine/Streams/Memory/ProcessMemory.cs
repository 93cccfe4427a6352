using System.Security.Cryptography;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>The memory that queues are in: silos with the same one see the same queues.</summary>
/// <param name="Id">What tells it from the memory of any other process.</param>
internal sealed record ProcessMemory(Guid Id)
{
    /// <summary>The memory of this process.</summary>
    public static ProcessMemory OfThisProcess { get; } = New();

    /// <summary>A memory that nobody else has.</summary>
    public static ProcessMemory New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new(new Guid(bytes));
    }
}
