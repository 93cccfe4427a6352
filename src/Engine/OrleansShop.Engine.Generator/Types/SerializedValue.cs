using Microsoft.CodeAnalysis;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>How a value of some type is written, read and copied by generated code.</summary>
/// <param name="Type">The type as C#.</param>
/// <param name="Inline">What <c>PayloadWriter.Write…</c> and <c>PayloadReader.Read…</c> call it if they know it; otherwise null, and a codec does it.</param>
/// <param name="IsEnum">Whether those methods are generic in the enum's type.</param>
/// <param name="IsShared">Whether a copy is the value itself.</param>
internal sealed record SerializedValue(string Type, string? Inline, bool IsEnum, bool IsShared)
{
    public static SerializedValue Of(ITypeSymbol type, TypeText text, bool isMarkedImmutable) =>
        new(text.Of(type), InlineName(type), type.TypeKind == TypeKind.Enum, isMarkedImmutable || Immutability.IsShareable(type));

    public static bool IsWrittenInline(ITypeSymbol type) => InlineName(type) is not null;

    public string Write(string codec, string idDelta, string value) => Inline is null
        ? $"{codec}.WriteField(writer, {idDelta}, {value});"
        : $"writer.Write{Inline}({idDelta}, {value});";

    public string Read(string codec) => Inline is null ? $"{codec}.ReadField(reader, tag)"
        : IsEnum ? $"reader.Read{Inline}<{Type}>(tag)"
        : $"reader.Read{Inline}(tag)";

    private static string? InlineName(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => "Enum",
        { SpecialType: SpecialType.System_Boolean } => "Boolean",
        { SpecialType: SpecialType.System_Char } => "Char",
        { SpecialType: SpecialType.System_SByte } => "SByte",
        { SpecialType: SpecialType.System_Byte } => "Byte",
        { SpecialType: SpecialType.System_Int16 } => "Int16",
        { SpecialType: SpecialType.System_UInt16 } => "UInt16",
        { SpecialType: SpecialType.System_Int32 } => "Int32",
        { SpecialType: SpecialType.System_UInt32 } => "UInt32",
        { SpecialType: SpecialType.System_Int64 } => "Int64",
        { SpecialType: SpecialType.System_UInt64 } => "UInt64",
        { SpecialType: SpecialType.System_Single } => "Single",
        { SpecialType: SpecialType.System_Double } => "Double",
        { SpecialType: SpecialType.System_Decimal } => "Decimal",
        { SpecialType: SpecialType.System_String } => "String",
        { SpecialType: SpecialType.System_DateTime } => "DateTime",
        INamedTypeSymbol { ContainingType: null, Name: "Guid" or "DateTimeOffset" or "TimeSpan" or "DateOnly" or "TimeOnly" } named
            when named.ContainingNamespace.ToDisplayString() == "System" => named.Name,
        _ => null,
    };
}
