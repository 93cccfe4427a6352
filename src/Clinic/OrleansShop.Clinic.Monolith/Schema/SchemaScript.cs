using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace OrleansShop.Clinic.Monolith.Schema;

/// <summary>One step of the schema: a file <c>NNN_what_it_does.sql</c> in the folder of its database, embedded in the assembly. Once released it never changes.</summary>
internal sealed record SchemaScript(int Version, string Name, string Sql)
{
    /// <summary>Fingerprint of the text, kept in the database to notice a script that was changed after it ran. Line ends do not count.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>All scripts of a database, in the order in which they run.</summary>
    public static IReadOnlyList<SchemaScript> AllFor(string dialectName)
    {
        var assembly = typeof(SchemaScript).Assembly;
        var prefix = $"{typeof(SchemaScript).Namespace}.{dialectName}.";
        var scripts = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal) && resource.EndsWith(".sql", StringComparison.Ordinal))
            .Select(resource => Load(assembly, resource, resource[prefix.Length..^".sql".Length]))
            .OrderBy(script => script.Version)
            .ToList();

        return scripts.Select(script => script.Version).SequenceEqual(Enumerable.Range(1, scripts.Count))
            ? scripts
            : throw new InvalidOperationException($"The schema scripts of {dialectName} are not numbered 1 to {scripts.Count} without gaps.");
    }

    private static SchemaScript Load(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return new SchemaScript(int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
