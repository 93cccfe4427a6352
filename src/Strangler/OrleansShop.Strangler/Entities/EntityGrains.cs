using OrleansShop.Strangler.Keys;

namespace OrleansShop.Strangler.Entities;

/// <summary>From an entity's id to its grain, and back.</summary>
public static class EntityGrains
{
    /// <summary>The grain of an entity, as the strangler speaks to it.</summary>
    /// <typeparam name="TGrain">The service's own grain interface, which says what the key is.</typeparam>
    /// <param name="grains">Makes references.</param>
    /// <param name="id">The entity's id.</param>
    /// <exception cref="InvalidOperationException"><typeparamref name="TGrain"/> has no key that an id can be.</exception>
    /// <exception cref="InvalidCastException">The key is an integer, and the id is a text.</exception>
    /// <exception cref="FormatException">The key is a unique id, and the id is none.</exception>
    public static IMigratableGrain GetEntity<TGrain>(this IGrainFactory grains, EntityId id)
        where TGrain : IGrain
    {
        ArgumentNullException.ThrowIfNull(grains);
        var grain = KeyOf<TGrain>.Type switch
        {
            KeyType.Integer => grains.GetGrain(typeof(TGrain), (long)id),
            KeyType.Text => grains.GetGrain(typeof(TGrain), id.ToString()),
            _ => grains.GetGrain(typeof(TGrain), Guid.ParseExact(id.ToString(), "D")),
        };
        return grain.AsReference<IMigratableGrain>();
    }

    /// <summary>What the key of a grain interface is.</summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="TGrain"/> has no key that an id can be.</exception>
    public static KeyType KeyTypeOf<TGrain>()
        where TGrain : IGrain => KeyOf<TGrain>.Type;

    /// <summary>The id of the entity that a grain holds, from its key.</summary>
    internal static EntityId GetEntityId(this IAddressable grain, KeyType type) => type switch
    {
        KeyType.Integer => grain.GetPrimaryKeyLong(),
        KeyType.Text => KeyType.Text.Read(grain.GetPrimaryKeyString()),
        _ => KeyType.Uuid.Read(grain.GetPrimaryKey().ToString("D")),
    };

    private static class KeyOf<TGrain>
    {
        // Thrown where it is asked for: an initializer's exception would hide behind another.
        private static readonly KeyType? Known =
            typeof(TGrain).IsAssignableTo(typeof(IGrainWithIntegerKey)) ? KeyType.Integer
            : typeof(TGrain).IsAssignableTo(typeof(IGrainWithStringKey)) ? KeyType.Text
            : typeof(TGrain).IsAssignableTo(typeof(IGrainWithGuidKey)) ? KeyType.Uuid
            : null;

        internal static KeyType Type => Known ?? throw new InvalidOperationException(
            $"{typeof(TGrain)} must be {nameof(IGrainWithIntegerKey)}, {nameof(IGrainWithStringKey)} or {nameof(IGrainWithGuidKey)}, so that ids can be its keys.");
    }
}
