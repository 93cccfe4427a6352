using System.Buffers;
using System.Text;

namespace OrleansShop.Engine.Serialization.Naming;

/// <summary>
/// Reads a type's name: <c>name</c>, then <c>[argument,…]</c> if it is generic, then <c>[]</c> or <c>[,]</c> for each array around it.
/// A bracket, comma or backslash inside a name has a backslash before it.
/// </summary>
/// <remarks>The name is from outside: its nesting is bounded, and every fault makes the result null.</remarks>
internal ref struct TypeNameParser(ReadOnlySpan<char> name, Func<string, Type?> findDefinition)
{
    private const int DeepestNesting = 16;
    private const int MostArguments = 16;
    private const int HighestRank = 8;

    private static readonly SearchValues<char> s_special = SearchValues.Create("[],\\");

    private readonly ReadOnlySpan<char> _name = name;
    private readonly Func<string, Type?> _findDefinition = findDefinition;
    private int _position;

    /// <summary>Marks the characters of a single name that would mean something else.</summary>
    public static string Escape(string name)
    {
        if (!HasSpecial(name)) return name;
        var escaped = new StringBuilder();
        foreach (var each in name)
        {
            if (s_special.Contains(each)) escaped.Append('\\');
            escaped.Append(each);
        }

        return escaped.ToString();
    }

    // One by one: the search with vectors is compiled by each process that uses it, and a start has a few hundred short names.
    private static bool HasSpecial(string name)
    {
        foreach (var each in name)
        {
            if (s_special.Contains(each)) return true;
        }

        return false;
    }

    /// <summary>Returns the type, or null if the name is not well-formed or names something that is not known.</summary>
    public Type? Parse() => ParseType(depth: 0) is { } type && _position == _name.Length ? type : null;

    private Type? ParseType(int depth)
    {
        if (depth == DeepestNesting) return null;
        var type = _findDefinition(ReadName());
        if (type is null) return null;
        if (type.IsGenericTypeDefinition)
        {
            type = ParseArguments(type, depth);
            if (type is null) return null;
        }

        for (var arrays = 0; _position < _name.Length && _name[_position] == '['; arrays++)
        {
            if (arrays == DeepestNesting || ParseRank() is not { } rank) return null;
            type = Make(type, rank);
            if (type is null) return null;
        }

        return type;
    }

    private Type? ParseArguments(Type definition, int depth)
    {
        if (!Take('[')) return null;
        var arguments = new List<Type>();
        do
        {
            if (arguments.Count == MostArguments || ParseType(depth + 1) is not { } argument) return null;
            arguments.Add(argument);
        }
        while (Take(','));

        if (!Take(']') || arguments.Count != definition.GetGenericArguments().Length) return null;
        try
        {
            return definition.MakeGenericType([.. arguments]);
        }
        catch (Exception fault) when (fault is ArgumentException or TypeLoadException)
        {
            // An argument that the definition does not admit.
            return null;
        }
    }

    private int? ParseRank()
    {
        _position++;
        var rank = 1;
        while (Take(',')) rank++;
        return rank <= HighestRank && Take(']') ? rank : null;
    }

    private static Type? Make(Type element, int rank)
    {
        try
        {
            return rank == 1 ? element.MakeArrayType() : element.MakeArrayType(rank);
        }
        catch (TypeLoadException)
        {
            // Arrays of what cannot be an element, such as references to the stack.
            return null;
        }
    }

    private bool Take(char expected)
    {
        if (_position >= _name.Length || _name[_position] != expected) return false;
        _position++;
        return true;
    }

    /// <summary>Reads up to the next bracket or comma, and leaves escapes in: definitions are known by their escaped names.</summary>
    private string ReadName()
    {
        var start = _position;
        while (_position < _name.Length && _name[_position] is not ('[' or ']' or ',')) _position += _name[_position] == '\\' ? 2 : 1;
        _position = Math.Min(_position, _name.Length);
        return _name[start.._position].ToString();
    }
}
