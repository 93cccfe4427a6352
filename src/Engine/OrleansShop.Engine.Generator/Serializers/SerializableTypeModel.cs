using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>How a codec makes the object whose members it then sets.</summary>
internal enum Creation
{
    /// <summary>With <c>new</c>.</summary>
    Constructor,

    /// <summary>With the parameterless constructor, which is private, or would have <c>required</c> members set by its caller.</summary>
    AccessedConstructor,

    /// <summary>Without running a constructor: there is none without parameters.</summary>
    Uninitialized,

    /// <summary>By a registered activator.</summary>
    Activator,

    /// <summary>Not at all: the class is abstract.</summary>
    Abstract,
}

/// <summary>A type with <c>[GenerateSerializer]</c>.</summary>
/// <param name="Names">Where its codec lives.</param>
/// <param name="Type">The type as C#.</param>
/// <param name="TypeOf">The operand of <c>typeof</c>: open if it is generic.</param>
/// <param name="TypeParameters">Its type parameters.</param>
/// <param name="IsStruct">Whether it is a struct.</param>
/// <param name="IsImmutable">Whether it has <c>[Immutable]</c>.</param>
/// <param name="TracksReferences">Whether it lacks <c>[SuppressReferenceTracking]</c>.</param>
/// <param name="Creation">How an object is made; of no meaning for a struct.</param>
/// <param name="Services">The types of the constructor's parameters.</param>
/// <param name="OmitsDefaults">Whether it has <c>[OmitDefaultMemberValues]</c>.</param>
/// <param name="Callbacks">What is told of its objects.</param>
/// <param name="BaseLevel">The class whose members are written as a level below this type's, or null.</param>
/// <param name="BasesBetween">The classes without a serializer between it and that class: one that a populator serves is the level instead.</param>
/// <param name="Members">The members, by field id.</param>
internal sealed record SerializableTypeModel(
    GeneratedNames Names,
    string Type,
    string TypeOf,
    TypeParameterList TypeParameters,
    bool IsStruct,
    bool IsImmutable,
    bool TracksReferences,
    Creation Creation,
    EquatableList<string> Services,
    bool OmitsDefaults,
    EquatableList<CallbackModel> Callbacks,
    string? BaseLevel,
    EquatableList<PlainBase> BasesBetween,
    EquatableList<MemberModel> Members)
{
    public string CodecClass => Names.Stem + "_Codec";

    /// <summary>The same with the level decided.</summary>
    /// <param name="populated">The definitions of the classes that populators serve.</param>
    public SerializableTypeModel WithLevel(EquatableList<string> populated)
    {
        var level = BasesBetween.FirstOrDefault(b => populated.Contains(b.Definition))?.Type ?? BaseLevel;
        return this with { BaseLevel = level, BasesBetween = EquatableList<PlainBase>.Empty };
    }
}

/// <summary>A base class without a serializer.</summary>
/// <param name="Type">The class as C#.</param>
/// <param name="Definition">The metadata name of its definition.</param>
internal sealed record PlainBase(string Type, string Definition);

/// <summary>How generated code reaches a member's value.</summary>
internal enum Reach
{
    /// <summary>By its name.</summary>
    Name,

    /// <summary>By a reference to its field, past its accessibility.</summary>
    Field,

    /// <summary>By its accessors, past their accessibility.</summary>
    Accessors,
}

/// <summary>A member that is written.</summary>
/// <param name="FieldId">Its number in the payload.</param>
/// <param name="Name">Its name as C#.</param>
/// <param name="Reach">How it is reached.</param>
/// <param name="Storage">The metadata name of the field if that is how it is reached, or the property's name.</param>
/// <param name="Value">Its type.</param>
internal sealed record MemberModel(uint FieldId, string Name, Reach Reach, string Storage, SerializedValue Value);
