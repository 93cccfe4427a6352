using System.Diagnostics;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Ownership;

namespace OrleansShop.Strangler.Moving;

/// <summary>Spans of the steps at which an entity's grain asks the ledger for something. They name capability and kind, never the entity.</summary>
public static class MoveTraces
{
    /// <summary>The name of the source of the spans.</summary>
    public const string SourceName = "OrleansShop.Strangler.Moves";

    internal const string Take = "strangler.take";
    internal const string Apply = "strangler.apply";
    internal const string Return = "strangler.return";

    private static readonly ActivitySource Source = new(SourceName);

    /// <param name="step">The step.</param>
    /// <param name="entity">The kind of the entity.</param>
    /// <param name="side">Who owns the entity if the step succeeds.</param>
    internal static Activity? Start(string step, EntityManifest entity, EntityOwner side)
    {
        var span = Source.StartActivity(step, ActivityKind.Client);
        span?.SetTag("strangler.capability", entity.Capability);
        span?.SetTag("strangler.kind", entity.Kind);
        span?.SetTag("strangler.side", side == EntityOwner.Grains ? "grains" : "monolith");
        return span;
    }
}
