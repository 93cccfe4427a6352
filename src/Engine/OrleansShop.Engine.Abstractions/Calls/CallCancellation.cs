namespace OrleansShop.Engine.Calls;

/// <summary>
/// Connects the caller's cancellation token with the one that the callee sees. They are two, so that callbacks which the callee
/// registers run in its own turns and not on the thread that cancels.
/// </summary>
internal sealed class CallCancellation
{
    /// <summary>The caller's token; default on the callee's side of a remote call.</summary>
    public CancellationToken CallerToken;

    /// <summary>The registration on the caller's token; disposed when the call is complete.</summary>
    public CancellationTokenRegistration Registration;

    /// <summary>The source of the callee's token.</summary>
    public readonly CancellationTokenSource Callee = new();
}
