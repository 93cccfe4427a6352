using System.Diagnostics.CodeAnalysis;

namespace OrleansShop.Gateway.Diagnostics;

/// <summary>Checks what must hold, in production too: going on in a wrong state would route writes to the wrong side.</summary>
internal static class Invariant
{
    public static void Holds([DoesNotReturnIf(false)] bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Broken invariant: {what}.");
        }
    }
}
