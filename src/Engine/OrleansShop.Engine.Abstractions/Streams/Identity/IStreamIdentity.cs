namespace Orleans.Streams;

/// <summary>The older form of a stream's name: a Guid in a namespace.</summary>
public interface IStreamIdentity
{
    /// <summary>The key.</summary>
    Guid Guid { get; }

    /// <summary>The namespace.</summary>
    string Namespace { get; }
}
