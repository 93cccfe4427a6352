namespace OrleansShop.ServiceDefaults.Ecs;

/// <summary>The task metadata endpoint has not said what a silo needs to know of its task; the process cannot tell others where it is and must not start.</summary>
public sealed class EcsMetadataException : Exception
{
    /// <summary>An exception with a message that says what was asked, what came, and what would be right.</summary>
    public EcsMetadataException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
