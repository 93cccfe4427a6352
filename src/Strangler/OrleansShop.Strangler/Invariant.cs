using System.Diagnostics.CodeAnalysis;

namespace OrleansShop.Strangler;

/// <summary>Checks what must be true whatever happens outside. On in production: a wrong state stops here instead of spreading.</summary>
public static class Invariant
{
    /// <summary>Goes on if the condition holds.</summary>
    /// <param name="condition">What must hold; one condition, so that a failure names itself.</param>
    /// <param name="what">The condition as a sentence without a full stop.</param>
    /// <exception cref="InvalidOperationException">It does not hold.</exception>
    public static void Holds([DoesNotReturnIf(false)] bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Broken invariant: {what}.");
        }
    }
}
