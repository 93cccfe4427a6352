namespace OrleansShop.Gateway.Forwarding;

/// <summary>What came of forwarding a request.</summary>
internal enum ForwardingOutcome
{
    /// <summary>The client has its answer, be it a problem, or is gone.</summary>
    Answered,

    /// <summary>The backend does not own what the request is about and has not executed it (421). Nothing has been answered yet.</summary>
    Misdirected,
}
