using System.Collections;
using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using Orleans.Runtime;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>The exceptions from the rule that every member is written and that what is written is read.</summary>
internal sealed class MemberDefaults : DefaultContractResolver
{
    private MemberDefaults()
    {
    }

    /// <summary>The only one: it keeps what it finds out about types.</summary>
    public static MemberDefaults Resolver { get; } = new();

    /// <inheritdoc/>
    protected override JsonProperty CreateProperty(MemberInfo member, MemberSerialization memberSerialization)
    {
        var property = base.CreateProperty(member, memberSerialization);
        if (property.PropertyType is not { IsValueType: true } type || Nullable.GetUnderlyingType(type) is not null) return property;

        // A member that was nullable when the state was stored need not be so any more. The default of a grain id is a null in the text.
        if (type != typeof(GrainId)) property.NullValueHandling ??= NullValueHandling.Ignore;

        // The default of ImmutableArray and its like throws when somebody looks what is in it.
        if (typeof(IEnumerable).IsAssignableFrom(type)) property.DefaultValueHandling ??= DefaultValueHandling.Ignore;
        return property;
    }
}
