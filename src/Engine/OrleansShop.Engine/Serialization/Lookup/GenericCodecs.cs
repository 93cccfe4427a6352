using System.Reflection;

namespace OrleansShop.Engine.Serialization.Lookup;

/// <summary>Makes codecs of generic types from open ones.</summary>
internal static class GenericCodecs
{
    /// <summary>Returns a codec with these type arguments.</summary>
    /// <exception cref="PayloadException">An argument does not meet a constraint, which can happen only to a type that a payload names.</exception>
    public static Codec Close(Type definition, params Type[] arguments)
    {
        try
        {
            return (Codec)Activator.CreateInstance(definition.MakeGenericType(arguments))!;
        }
        catch (ArgumentException fault)
        {
            throw new PayloadException($"{definition} cannot have the type arguments {string.Join(", ", arguments.Select(each => each.ToString()))}.", fault);
        }
        catch (TargetInvocationException fault) when (fault.InnerException is { } cause)
        {
            throw new PayloadException($"{definition} cannot be created: {cause.Message}", cause);
        }
    }
}
