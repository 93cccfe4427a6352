using System.Reflection;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Generator.Tests.Running;

/// <summary>Compiles sources with what is generated for them, loads the assembly, and reads its manifest.</summary>
internal sealed class LoadedManifest
{
    private LoadedManifest(Assembly assembly, TypeManifestBuilder types)
    {
        Assembly = assembly;
        Types = types;
    }

    public Assembly Assembly { get; }

    public TypeManifestBuilder Types { get; }

    public static LoadedManifest Of(params string[] sources)
    {
        var assembly = Assembly.Load(GeneratorRun.Of(sources).CompilesCleanly().Emit());
        var types = new TypeManifestBuilder();
        var manifest = assembly.GetCustomAttribute<TypeManifestAttribute>()!.ManifestType;
        ((ITypeManifest)Activator.CreateInstance(manifest)!).AddTo(types);
        return new LoadedManifest(assembly, types);
    }

    public GrainMethodEntry Method(string interfaceName, string methodName) =>
        Types.Interfaces.Single(i => i.Key.Name == interfaceName).Value().Methods.Single(m => m.Method.Name == methodName);

    public GrainCall NewCall(string interfaceName, string methodName, params Type[] typeArguments)
    {
        var entry = Method(interfaceName, methodName);
        if (entry.CreateCall is { } create) return create();
        return (GrainCall)Activator.CreateInstance(entry.CallType.MakeGenericType(typeArguments))!;
    }
}
