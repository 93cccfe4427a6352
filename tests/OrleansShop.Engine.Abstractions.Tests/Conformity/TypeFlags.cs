using System.Reflection;

namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>
/// The compiler's notes on which reference types of one signature may be null: one byte for each, outermost first, and 2 for "may be null".
/// </summary>
internal sealed class TypeFlags
{
    private const string NotesName = "System.Runtime.CompilerServices.NullableAttribute";
    private const string ContextName = "System.Runtime.CompilerServices.NullableContextAttribute";

    private readonly IReadOnlyList<byte>? _notes;
    private readonly byte _context;
    private int _next;

    private TypeFlags(IReadOnlyList<byte>? notes, byte context)
    {
        _notes = notes;
        _context = context;
    }

    /// <summary>The notes on a parameter or a return value.</summary>
    public static TypeFlags Of(ParameterInfo parameter) =>
        new(Notes(parameter.CustomAttributes), Context(parameter.Member.CustomAttributes) ?? Context(parameter.Member.DeclaringType));

    /// <summary>The notes on a property or a field.</summary>
    public static TypeFlags Of(MemberInfo member) => new(Notes(member.CustomAttributes), Context(member.DeclaringType));

    /// <summary>Whether the next reference type of the signature may be null.</summary>
    public bool TakeIsNullable() => Take() == 2;

    /// <summary>Passes over the note that a generic value type has although it is never null.</summary>
    public void Skip() => Take();

    private byte Take() => _notes switch
    {
        null => _context,
        { Count: 1 } => _notes[0],
        _ => _notes[_next++],
    };

    private static IReadOnlyList<byte>? Notes(IEnumerable<CustomAttributeData> attributes) =>
        attributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == NotesName)?.ConstructorArguments[0].Value switch
        {
            null => null,
            byte all => [all],
            IReadOnlyList<CustomAttributeTypedArgument> each => [.. each.Select(argument => (byte)argument.Value!)],
            var other => throw new InvalidOperationException($"The compiler's notes have an unknown form: {other}."),
        };

    private static byte? Context(IEnumerable<CustomAttributeData> attributes) =>
        (byte?)attributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == ContextName)?.ConstructorArguments[0].Value;

    private static byte Context(Type? type) => type switch
    {
        null => 0,
        _ => Context(type.CustomAttributes) ?? (type.DeclaringType is { } outer ? Context(outer) : Context(type.Module.CustomAttributes) ?? 0),
    };
}
