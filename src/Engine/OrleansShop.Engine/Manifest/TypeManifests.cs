using System.Reflection;
using System.Runtime.Loader;

namespace OrleansShop.Engine.Manifest;

/// <summary>
/// Finds the manifests of the assemblies that this process consists of: those that are loaded and those that they refer to, which are loaded,
/// because an assembly that holds only messages may not have been needed yet. Framework assemblies are left out.
/// </summary>
/// <remarks>
/// Only assemblies that refer to the one of the attribute are asked for it: whoever asks for one attribute has the runtime load the types of all
/// that there are, and the assemblies of those. Benchmark: silo-start.
/// </remarks>
internal sealed class TypeManifests
{
    private static readonly Assembly s_engine = typeof(TypeManifestAttribute).Assembly;
    private static readonly string s_engineName = s_engine.GetName().Name!;

    // Guards the three fields below it. What was returned is not guarded: assemblies that come after a host has started are not looked for.
    private readonly Lock _gate = new();
    private readonly TypeManifestBuilder _types = new();
    private readonly HashSet<Assembly> _seen = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>With the manifests that are there now.</summary>
    public static TypeManifests OfNow()
    {
        var manifests = new TypeManifests();
        manifests.Collect();
        return manifests;
    }

    /// <summary>Adds the manifests of assemblies that were not there the last time, and returns all.</summary>
    public TypeManifestBuilder Collect()
    {
        lock (_gate)
        {
            CollectNew();
            return _types;
        }
    }

    private void CollectNew()
    {
        var open = new Queue<Assembly>();
        foreach (var loaded in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (loaded.IsDynamic || !_seen.Add(loaded) || !Concerns(loaded.GetName())) continue;
            _asked.Add(loaded.FullName!);
            open.Enqueue(loaded);
        }

        while (open.TryDequeue(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (assembly == s_engine || Array.Exists(references, static reference => reference.Name == s_engineName)) AddManifests(assembly);
            foreach (var reference in references)
            {
                if (Concerns(reference) && _asked.Add(reference.FullName) && TryLoad(assembly, reference) is { } loaded && _seen.Add(loaded)) open.Enqueue(loaded);
            }
        }
    }

    private void AddManifests(Assembly assembly)
    {
        foreach (var attribute in assembly.GetCustomAttributes<TypeManifestAttribute>())
        {
            ((ITypeManifest)Activator.CreateInstance(attribute.ManifestType)!).AddTo(_types);
        }
    }

    private static bool Concerns(AssemblyName name) => name.Name is { } text
        && !text.StartsWith("System.", StringComparison.Ordinal)
        && !text.StartsWith("Microsoft.", StringComparison.Ordinal)
        && text is not ("System" or "mscorlib" or "netstandard" or "WindowsBase");

    private Assembly? TryLoad(Assembly from, AssemblyName reference)
    {
        try
        {
            return (AssemblyLoadContext.GetLoadContext(from) ?? AssemblyLoadContext.Default).LoadFromAssemblyName(reference);
        }
        catch (Exception fault) when (fault is IOException or BadImageFormatException)
        {
            // A reference that is not deployed, such as one used at build time only, has no types that could be needed here. The next time it may be there.
            _asked.Remove(reference.FullName);
            return null;
        }
    }
}
