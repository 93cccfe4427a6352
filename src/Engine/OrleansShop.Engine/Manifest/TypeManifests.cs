using System.Reflection;
using System.Runtime.Loader;

namespace OrleansShop.Engine.Manifest;

/// <summary>Finds the manifests of the assemblies that this process consists of.</summary>
internal static class TypeManifests
{
    /// <summary>
    /// Collects the manifests of all assemblies that are loaded and of those that they refer to, loading these: an assembly that holds
    /// only messages may not have been needed yet. Framework assemblies are left out.
    /// </summary>
    /// <remarks>
    /// Only assemblies that refer to the one of the attribute are asked for it: whoever asks for one attribute has the runtime load the types of all
    /// that there are, and the assemblies of those. Benchmark: silo-start.
    /// </remarks>
    public static TypeManifestBuilder Load()
    {
        var builder = new TypeManifestBuilder();
        foreach (var assembly in FindAssembliesThatMayHaveOne())
        {
            foreach (var attribute in assembly.GetCustomAttributes<TypeManifestAttribute>())
            {
                ((ITypeManifest)Activator.CreateInstance(attribute.ManifestType)!).AddTo(builder);
            }
        }

        return builder;
    }

    private static List<Assembly> FindAssembliesThatMayHaveOne()
    {
        var engine = typeof(TypeManifestAttribute).Assembly;
        var engineName = engine.GetName().Name;
        var mayHaveOne = new List<Assembly>();
        var found = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && Concerns(assembly.GetName())).ToHashSet();
        var asked = found.Select(assembly => assembly.FullName!).ToHashSet(StringComparer.Ordinal);
        var open = new Queue<Assembly>(found);
        while (open.TryDequeue(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (assembly == engine || Array.Exists(references, reference => reference.Name == engineName)) mayHaveOne.Add(assembly);
            foreach (var reference in references)
            {
                if (Concerns(reference) && asked.Add(reference.FullName) && TryLoad(assembly, reference) is { } loaded && found.Add(loaded)) open.Enqueue(loaded);
            }
        }

        return mayHaveOne;
    }

    private static bool Concerns(AssemblyName name) => name.Name is { } text
        && !text.StartsWith("System.", StringComparison.Ordinal)
        && !text.StartsWith("Microsoft.", StringComparison.Ordinal)
        && text is not ("System" or "mscorlib" or "netstandard" or "WindowsBase");

    private static Assembly? TryLoad(Assembly from, AssemblyName reference)
    {
        try
        {
            return (AssemblyLoadContext.GetLoadContext(from) ?? AssemblyLoadContext.Default).LoadFromAssemblyName(reference);
        }
        catch (Exception fault) when (fault is IOException or BadImageFormatException)
        {
            // A reference that is not deployed, such as one used at build time only, has no types that could be needed here.
            return null;
        }
    }
}
