using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Generator.Tests.Running;

/// <summary>One version of an assembly of contracts: compiled, loaded by itself, with a serializer that knows nothing else.</summary>
internal sealed class ContractVersion : IDisposable
{
    private readonly AssemblyLoadContext _context = new(null, isCollectible: true);
    private readonly ServiceProvider _services;
    private readonly Type _script;

    /// <param name="source">The contracts, and a class <c>Script</c> with <c>object Make()</c> and <c>string Show(object)</c>.</param>
    public ContractVersion(string source)
    {
        var image = GeneratorRun.Of(GeneratorRun.Compile("Contracts", [source])).CompilesCleanly().Emit();
        using var stream = new MemoryStream(image);
        var assembly = _context.LoadFromStream(stream);
        var types = new TypeManifestBuilder();
        ((ITypeManifest)Activator.CreateInstance(assembly.GetCustomAttribute<TypeManifestAttribute>()!.ManifestType)!).AddTo(types);
        _services = new ServiceCollection().AddSingleton(types).AddSerializer().BuildServiceProvider();
        _script = assembly.GetType("Script", throwOnError: true)!;
    }

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    /// <summary>The bytes of what this version makes.</summary>
    public byte[] Write() => Serializer.SerializeToArray(_script.GetMethod("Make")!.Invoke(null, null));

    /// <summary>What this version sees in the bytes.</summary>
    public string Read(byte[] bytes) => (string)_script.GetMethod("Show")!.Invoke(null, [Serializer.Deserialize<object>(bytes)])!;

    public void Dispose()
    {
        _services.Dispose();
        _context.Unload();
    }
}
