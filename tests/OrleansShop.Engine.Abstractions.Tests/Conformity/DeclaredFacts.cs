using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>Reads what a type is and has, as one line of text for each fact: the form in which <see cref="ListedApi"/> has the official facts.</summary>
internal static class DeclaredFacts
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The full name under which a type is listed.</summary>
    public static string NameOf(Type type) => $"{type.Namespace}.{TypeText.Own(type)}";

    /// <summary>Everything that code outside the assembly sees of a type.</summary>
    public static IEnumerable<string> Of(Type type)
    {
        if (type.IsEnum)
            return [$"enum {TypeText.Base(type.GetEnumUnderlyingType())}", .. type.GetFields(Declared).Where(field => field.IsLiteral).Select(EnumMember)];
        var kind = type.IsInterface ? "interface" : type.IsValueType ? "struct" : IsDelegate(type) ? "delegate" : "class";
        return IsDelegate(type) ? [kind, Method(type.GetMethod("Invoke")!)] :
        [
            kind,
            .. Bases(type).Select(name => ": " + name),
            .. Constructors(type).Select(Method),
            .. type.GetMethods(Declared).Where(IsVisible).Where(method => !IsAccessor(method) && !IsFinalizer(method)).Select(Method),
            .. type.GetProperties(Declared).Select(Property).OfType<string>(),
            .. type.GetEvents(Declared).Where(@event => IsVisible(@event.AddMethod!)).Select(@event => $"event {@event.EventHandlerType!.Name} {@event.Name}"),
            .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(Field),
            .. type.GetNestedTypes(Declared).Where(nested => nested.IsNestedPublic || nested.IsNestedFamily).Select(Nested),
        ];
    }

    /// <summary>The facts about a type that are true because they are true of its base.</summary>
    public static IEnumerable<string> Inherited(Type type) => (type.BaseType?.GetInterfaces() ?? []).Select(@interface => ": " + TypeText.Base(@interface));

    private static IEnumerable<string> Bases(Type type)
    {
        var @base = type.BaseType;
        return (@base is null || @base == typeof(object) || @base == typeof(ValueType) ? [] : new[] { @base }).Concat(type.GetInterfaces()).Select(TypeText.Base);
    }

    // A class without a constructor has one without parameters; whether that one is written down makes no difference.
    private static IEnumerable<ConstructorInfo> Constructors(Type type)
    {
        var all = type.GetConstructors(Declared & ~BindingFlags.Static);
        return all is [var only] && only.GetParameters().Length == 0 ? [] : all.Where(IsVisible);
    }

    private static string Nested(Type nested) =>
        $"nested {(nested.IsEnum ? "enum" : nested.IsInterface ? "interface" : nested.IsValueType ? "struct" : IsDelegate(nested) ? "delegate" : "class")} {TypeText.Own(nested)}";

    private static string EnumMember(FieldInfo field) =>
        $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";

    private static string Field(FieldInfo field)
    {
        var kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return $"{Access(field.IsPublic, field.IsFamilyOrAssembly)}{Required(field)}{kind}{TypeText.Of(field.FieldType, TypeFlags.Of(field))} {field.Name}"
            + (field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "");
    }

    private static string? Property(PropertyInfo property)
    {
        var accessors = new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(IsVisible).ToList();
        if (accessors.Count == 0)
            return null;
        var widest = accessors.OrderByDescending(accessor => accessor.IsPublic).ThenByDescending(accessor => accessor.IsFamilyOrAssembly).First();
        var access = Access(widest);
        var texts = accessors.Select(accessor => (Access(accessor) == access ? "" : Access(accessor)) + AccessorName(property, accessor) + ";");
        var indexed = property.GetIndexParameters();
        var name = indexed.Length == 0 ? property.Name : $"this[{string.Join(", ", indexed.Select(parameter => Parameter(parameter, isThis: false)))}]";
        return $"{access}{Required(property)}{Dispatch(widest)}{TypeText.Of(property.PropertyType, TypeFlags.Of(property))} {name} {{ {string.Join(' ', texts)} }}";
    }

    private static string AccessorName(PropertyInfo property, MethodInfo accessor) =>
        accessor == property.GetMethod ? "get"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";

    private static string Method(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute), inherit: false);
        var parameters = string.Join(", ", method.GetParameters().Select((parameter, index) => Parameter(parameter, isThis: isExtension && index == 0)));
        if (method is not MethodInfo declared)
            return $"{Access(method)}{method.DeclaringType!.Name.Split('`')[0]}({parameters})";
        var generic = declared.IsGenericMethodDefinition ? $"<{string.Join(", ", declared.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        var returned = TypeText.Of(declared.ReturnType, TypeFlags.Of(declared.ReturnParameter));
        return $"{Access(method)}{Dispatch(method)}{OperatorNames.Signature(declared.Name, returned)}{generic}({parameters})";
    }

    private static string Parameter(ParameterInfo parameter, bool isThis)
    {
        var passing = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) => "params ",
            _ => isThis ? "this " : "",
        };
        return $"{passing}{TypeText.Of(parameter.ParameterType, TypeFlags.Of(parameter))} {parameter.Name}{Default(parameter)}";
    }

    private static string Default(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue)
            return "";
        var type = parameter.ParameterType;
        if (parameter.RawDefaultValue is not { } value)
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? " = default" : " = null";
        return " = " + (type.IsEnum ? $"{type.Name}.{Enum.GetName(type, value)}" : Literal(value));
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Required(MemberInfo member) => member.IsDefined(typeof(RequiredMemberAttribute), inherit: false) ? "required " : "";

    private static string Dispatch(MethodBase method)
    {
        if (method.DeclaringType!.IsInterface)
            return method.IsStatic ? "static " : "";
        if (method.IsStatic)
            return "static ";
        if (!method.IsVirtual)
            return "";
        var isNew = method.Attributes.HasFlag(MethodAttributes.NewSlot);
        // Final and new: it implements an interface without being open to overriding. To callers it is an ordinary method.
        return method.IsAbstract ? (isNew ? "abstract " : "abstract override ") : (isNew, method.IsFinal) switch
        {
            (true, true) => "",
            (true, false) => "virtual ",
            (false, true) => "sealed override ",
            (false, false) => "override ",
        };
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) =>
        (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal)) || method.Name.StartsWith('<');

    private static bool IsFinalizer(MethodInfo method) => method.Name == "Finalize" && method.GetParameters().Length == 0;

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    private static string Access(MethodBase method) => Access(method.IsPublic, method.IsFamilyOrAssembly);

    private static string Access(bool isPublic, bool isFamilyOrAssembly) => isPublic ? "" : isFamilyOrAssembly ? "protected internal " : "protected ";
}
