using System.Diagnostics.CodeAnalysis;

namespace OrleansShop.Strangler;

/// <summary>Checks what must be true whatever happens outside. On in production: a wrong state stops here instead of spreading.</summary>
internal static class Invariant
{
    /// <param name="condition">What must hold; one condition, so that a failure names itself.</param>
    /// <param name="what">The condition as a sentence.</param>
    internal static void Holds([DoesNotReturnIf(false)] bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Broken invariant: {what}");
        }
    }
}
