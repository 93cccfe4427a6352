using System.Security.Cryptography;

namespace Orleans;

/// <summary>
/// Cancels work in grains that were given its <see cref="Token"/>, even after the call that brought the token has ended. For one call, a
/// parameter of type <see cref="CancellationToken"/> is simpler: it is told by itself.
/// </summary>
public sealed class GrainCancellationTokenSource : IDisposable
{
    private readonly GrainCancellationToken _token = new(NewId(), isCancelled: false);
    private bool _isDisposed;

    /// <summary>The token to pass to grains, as a parameter of its own.</summary>
    public GrainCancellationToken Token => _token;

    /// <summary>Whether <see cref="Cancel"/> has been called. Grains may not have been told yet.</summary>
    public bool IsCancellationRequested => _token.IsCancellationRequested;

    /// <summary>
    /// Cancels the token here, then in each grain that has been given it, and in those that these gave it to. Completes when all have been told
    /// and their callbacks have run. Call it again if it fails because a grain could not be reached: only those that were not reached are told again.
    /// </summary>
    /// <exception cref="AggregateException">What callbacks have thrown, here or in a grain, and why grains could not be reached. All others have been told.</exception>
    /// <exception cref="ObjectDisposedException">The source is disposed.</exception>
    public Task Cancel()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _token.CancelAsync();
    }

    /// <summary>Lets go of the token's callbacks in this place. Grains that were given the token keep theirs.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _token.Dispose();
    }

    // From the system's generator and not a seeded one: ids of all processes meet in the grains.
    private static Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new Guid(bytes);
    }
}
