using OrleansShop.Strangler.BridgeClient;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>The monolith's tables are not what they were when they were compared with the manifests.</summary>
internal static class SchemaDrift
{
    internal static BridgeRefusedException Refusal(string found) => new(
        BridgeRefusal.Schema,
        $"The monolith's tables have changed and do not fit the manifests any more: {found.TrimEnd('.')}. Nothing was changed. Bring tables and manifests together again; the next announcement, and the bridge's readiness, list all that does not fit.");
}
