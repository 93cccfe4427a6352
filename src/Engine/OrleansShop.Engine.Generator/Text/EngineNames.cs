namespace OrleansShop.Engine.Generator.Text;

/// <summary>How generated code names the engine's types.</summary>
internal static class EngineNames
{
    public const string Calls = "global::OrleansShop.Engine.Calls.";
    public const string Serialization = "global::OrleansShop.Engine.Serialization.";
    public const string Manifest = "global::OrleansShop.Engine.Manifest.";

    public const string Activator = "global::Orleans.Serialization.Activators.IActivator";

    public const string GeneratedNamespace = "OrleansShopGenerated";

    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"OrleansShop.Engine.Generator\", \"1\")]";

    public const string UnsafeAccessor = "global::System.Runtime.CompilerServices.UnsafeAccessor";

    public const string UnsafeAccessorKind = "global::System.Runtime.CompilerServices.UnsafeAccessorKind.";
}
