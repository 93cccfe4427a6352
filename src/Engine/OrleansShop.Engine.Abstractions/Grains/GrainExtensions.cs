using Orleans.Runtime;

namespace Orleans;

/// <summary>What can be asked of a grain object and of a reference alike: its id, its key, a reference to it.</summary>
public static class GrainExtensions
{
    /// <summary>Returns a reference to the grain. For a grain object: one that can be passed to others.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    /// <summary>Returns a reference to the grain. For a grain object: one that can be passed to others.</summary>
    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        ArgumentNullException.ThrowIfNull(interfaceType);
        return CastReference(ReferenceTo(grain), interfaceType);
    }

    /// <summary>Returns a reference to the same grain through another interface. Nothing is asked: a wrong interface shows at the first call.</summary>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => (TGrainInterface)grain.Cast(typeof(TGrainInterface));

    /// <summary>Returns a reference to the same grain through another interface. Nothing is asked: a wrong interface shows at the first call.</summary>
    public static object Cast(this IAddressable grain, Type interfaceType) => interfaceType.IsInstanceOfType(grain) ? grain : grain.AsReference(interfaceType);

    /// <summary>Returns the grain's id.</summary>
    public static GrainId GetGrainId(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference.GrainId,
            IGrainBase { GrainContext: { } context } => context.GrainId,
            _ => throw NotAGrain(grain),
        };
    }

    /// <summary>Returns the Guid that is the grain's key.</summary>
    /// <exception cref="InvalidOperationException">The key is no Guid.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain) => grain.GetPrimaryKey(out _);

    /// <summary>Returns the Guid that is the grain's key, and its extension or null.</summary>
    /// <exception cref="InvalidOperationException">The key is no Guid.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain, out string? keyExt)
    {
        var id = grain.GetGrainId();
        return id.TryGetGuidKey(out var guid, out keyExt) ? guid : throw KeyIsNo(id, "Guid");
    }

    /// <summary>Returns the number that is the grain's key.</summary>
    /// <exception cref="InvalidOperationException">The key is no number.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain) => grain.GetPrimaryKeyLong(out _);

    /// <summary>Returns the number that is the grain's key, and its extension or null.</summary>
    /// <exception cref="InvalidOperationException">The key is no number.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain, out string? keyExt)
    {
        var id = grain.GetGrainId();
        return id.TryGetIntegerKey(out var number, out keyExt) ? number : throw KeyIsNo(id, "integer");
    }

    /// <summary>Returns the grain's key as text.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>Whether the grain's key is a number.</summary>
    public static bool IsPrimaryKeyBasedOnLong(this IAddressable grain) => grain.GetGrainId().TryGetIntegerKey(out _, out _);

    private static GrainReference ReferenceTo(IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference,
            IGrainBase { GrainContext: { } context } => context.GrainReference,
            IGrainContext context => context.GrainReference,
            IGrainObserver => throw new ArgumentException("An observer has no reference by itself. Get one from IGrainFactory.CreateObjectReference.", nameof(grain)),
            _ => throw NotAGrain(grain),
        };
    }

    private static object CastReference(GrainReference reference, Type interfaceType) =>
        interfaceType.IsInstanceOfType(reference) ? reference : reference.Target.Sender.Cast(reference, interfaceType);

    private static ArgumentException NotAGrain(IAddressable grain) =>
        new($"{grain.GetType().FullName} is neither a grain reference nor a grain with a context.", nameof(grain));

    private static InvalidOperationException KeyIsNo(GrainId id, string kind) => new($"The key of grain {id} is no {kind}.");
}
