namespace Orleans.Runtime;

/// <summary>A reference came from storage that knows no engine, so calls cannot be sent.</summary>
[GenerateSerializer]
public sealed class GrainReferenceNotBoundException : OrleansException
{
    internal GrainReferenceNotBoundException(string message)
        : base(message)
    {
    }
}
